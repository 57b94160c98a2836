"""Bills, and what comes of not paying them."""

from server.desk.assistant.intents.intent import Intent, Need

_BILL = "boleto*|fatura*|conta|carne|mensalidade"

BILLING = (
    Intent(
        name="segunda_via",
        description="Segunda via da fatura",
        phrases=(
            "quanto esta|ficou boleto|fatura|conta|mensalidade",
            f"segunda via {_BILL}", "segunda via", f"via {_BILL}", f"{_BILL} envi*|mand*|quero|precis*|ger*|cade|receb*|cheg*|pdf|baixar|imprimir|emitir|perdi|tirar|ver",
            "codigo barra*", "linha digitavel", f"valor {_BILL}", "quanto devo|deu|veio", f"quando|dia|data vence|vencer {_BILL}",
            "vencimento", "boleto*", "fatura*", "quando|dia|data vence|vencimento",
        ),
        text="Posso ajudar com a sua fatura. Para a segunda via, acesse a central do assinante; se preferir, posso chamar um atendente.",
        actions=("enviar_segunda_via",),
        need=Need.INVOICE,
    ),
    Intent(
        name="pagamento",
        description="Como e onde pagar",
        phrases=(
            "como|onde|posso|quero|consigo|da pagar|pago", "forma*|meio*|opcoes|jeito pagamento|pagar",
            "pagar|pago|pagamento pix|cartao|credito|debito|loterica|banco|boleto", "chave|codigo|qr pix", "pix",
            "debito automatico", "aceita*|passa* cartao|pix|credito|debito", "copia cola",
        ),
        text="Você pode pagar por PIX, boleto ou cartão. Quer que eu envie o código da fatura em aberto?",
        actions=("enviar_pix", "enviar_segunda_via"),
        need=Need.INVOICE,
        weight=0.1,
    ),
    Intent(
        name="confirmacao_pagamento",
        description="Já pagou e quer a baixa",
        phrases=(
            "fiz|realizei|efetuei pagamento|pix|transferencia|deposito",
            "ja paguei|pagamos|efetuei|fiz|quitei|pago|pagou|foi|esta pagamento|pix|boleto|conta|fatura|mensalidade|paga|pago",
            "ja paguei|quitei", "paguei ontem|hoje|fatura|boleto|conta|mas|agora|semana", "comprovante", "baixa pagamento|boleto|fatura",
            "pagamento feito|realizado|efetuado|compens*|identificad*|confirmad*",
        ),
        text=(
            "Obrigado pelo pagamento! O PIX é confirmado em minutos e o boleto em até 2 dias úteis. Se já passou desse prazo, "
            "envie o comprovante por aqui."
        ),
        actions=("enviar_comprovante",),
        weight=0.6,
    ),
    Intent(
        name="fatura_em_atraso",
        description="Fatura vencida, negociação",
        phrases=(
            f"{_BILL}|pagamento|parcela* atras*|vencid*|venceu|pendent*|aberto", "estou devendo|inadimplente|atrasad*",
            f"negoci*|parcel*|acordo|renegoci* divida*|debito*|atras*|{_BILL}", "negociar|renegociar|parcelar|parcelamento",
            "juros|multa boleto|fatura|conta|atraso|pagar", "esqueci|perdi pagar|vencimento|prazo",
        ),
        text="Posso ajudar a regularizar a fatura em atraso. Quer que eu envie o código atualizado para pagamento?",
        actions=("enviar_segunda_via", "negociar"),
        need=Need.INVOICE,
        weight=0.2,
    ),
    Intent(
        name="desbloqueio",
        description="Liberação por promessa de pagamento",
        phrases=(
            "desbloque*|liber*|relig*|reativ* internet|sinal|conexao|acesso|confianca|contrato|servico|plano|wifi",
            "desbloque*", "promessa pagamento|pagar", "internet|sinal|servico|acesso|contrato bloque*|suspens*|cortad*|cortaram|cortou",
            "religa|religar|religacao", "cortaram|bloquearam|suspenderam internet|sinal|acesso|servico|contrato",
        ),
        unless=("liber* porta*",),
        text="Vou pedir a um atendente que avalie a liberação do seu acesso em confiança.",
        actions=("liberar_acesso", "enviar_segunda_via"),
        transfers=True,
        weight=0.5,
    ),
)  # fmt: skip
