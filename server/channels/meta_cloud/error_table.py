"""What each error code of the Cloud API means for a message and for the person who sent it (whatsapp.md 1.6)."""

from dataclasses import dataclass

from server.channels.base import Remedy, Verdict


@dataclass(frozen=True, slots=True)
class Meaning:
    """`retryable`: the same message may get through later, if a person sends it again. `wait`: seconds.

    `quoted`: Meta's own details are shown too, because they name the field or parameter that is wrong.
    """

    verdict: Verdict
    remedy: Remedy
    title: str
    cause: str
    next_step: str
    retryable: bool = False
    wait: float | None = None
    quoted: bool = False


_LATER = "Envie de novo em alguns minutos."


def _passing(title: str, cause: str, *, wait: float | None = None) -> Meaning:
    return Meaning(
        Verdict.NOT_SENT,
        Remedy.RETRY,
        title,
        cause,
        _LATER,
        retryable=True,
        wait=wait,
    )


def _throttled(title: str, cause: str, remedy: Remedy, wait: float) -> Meaning:
    return Meaning(
        Verdict.NOT_SENT,
        remedy,
        title,
        cause,
        _LATER,
        retryable=True,
        wait=wait,
    )


def _refused(title: str, cause: str, next_step: str, *, retryable: bool = False) -> Meaning:
    return Meaning(Verdict.REJECTED, Remedy.GIVE_UP, title, cause, next_step, retryable=retryable)


def _malformed(title: str, cause: str, next_step: str, *, retryable: bool = False) -> Meaning:
    return Meaning(
        Verdict.REJECTED, Remedy.GIVE_UP, title, cause, next_step, retryable=retryable, quoted=True
    )


def _broken(title: str, cause: str, next_step: str) -> Meaning:
    return Meaning(
        Verdict.NOT_SENT, Remedy.PARK_CHANNEL, title, cause, next_step, retryable=True, quoted=True
    )


_RECONNECT = "Gere um novo token de acesso no Gerenciador de Negócios da Meta e atualize o canal."
_PERMISSIONS = "Dê ao token as permissões whatsapp_business_messaging e whatsapp_business_management."
_SUPPORT = "Confira a situação da conta no Gerenciador do WhatsApp e fale com o suporte da Meta."
_SYNC = "Sincronize os modelos e confira o nome e o idioma escolhidos."
_REGISTER = "Registre o número de novo no Gerenciador do WhatsApp."

UNREGISTERED = _refused(
    "Erro do WhatsApp",
    "A Meta recusou a mensagem com um erro que não conhecemos.",
    "Veja os detalhes e tente de novo.",
)
PERMISSION = _broken("Sem permissão", "O token do canal não tem permissão para esta operação.", _PERMISSIONS)

MEANINGS: dict[int, Meaning] = {
    # Transient. 1 and 135000 are as often a fault of the request: they are not tried again by themselves.
    1: _malformed(
        "Erro desconhecido da API",
        "A Meta não disse o motivo; pode ser o pedido ou uma falha passageira.",
        "Tente de novo em alguns minutos.",
        retryable=True,
    ),
    2: _passing("API indisponível", "A Meta está com uma falha passageira ou sobrecarregada."),
    131000: _passing("Falha do WhatsApp", "A Meta não conseguiu processar a mensagem por um erro dela."),
    131016: _passing("WhatsApp indisponível", "Um sistema da Meta está temporariamente fora do ar."),
    133004: _passing("Servidor indisponível", "Um servidor da Meta está temporariamente fora do ar."),
    131057: _passing(
        "Conta em manutenção",
        "A Meta está fazendo manutenção na conta, como um aumento de capacidade.",
        wait=90,
    ),
    135000: _malformed(
        "Erro genérico",
        "A Meta recusou a mensagem sem dizer o motivo.",
        "Confira o conteúdo e tente de novo.",
        retryable=True,
    ),
    # Throughput.
    130429: _throttled(
        "Limite de velocidade do número",
        "O número atingiu o limite de mensagens por segundo.",
        Remedy.PAUSE_NUMBER,
        wait=1,
    ),
    4: _throttled(
        "Limite de chamadas do aplicativo",
        "O aplicativo da Meta atingiu o limite de chamadas por hora.",
        Remedy.PAUSE_NUMBER,
        wait=60,
    ),
    80007: _throttled(
        "Limite de chamadas da conta",
        "A conta do WhatsApp atingiu o limite de chamadas à API por hora.",
        Remedy.PAUSE_NUMBER,
        wait=300,
    ),
    131056: _throttled(
        "Muitas mensagens para este cliente",
        "O número mandou mensagens demais a este cliente em pouco tempo.",
        Remedy.PAUSE_RECIPIENT,
        wait=4,
    ),
    # Spam, quality and limits: never again by themselves.
    131048: _refused(
        "Limite por suspeita de spam",
        "Mensagens deste número foram bloqueadas ou denunciadas, e a Meta limitou os envios.",
        "Veja a qualidade do número no Gerenciador do WhatsApp e reduza os envios.",
        retryable=True,
    ),
    131064: _refused(
        "Limite de mensagens atingido",
        "A conta chegou ao limite de clientes que pode procurar em 24 horas.",
        "Espere o limite se renovar ou peça um aumento no Gerenciador do WhatsApp.",
        retryable=True,
    ),
    131049: _refused(
        "Não entregue para proteger o cliente",
        "A Meta limita quantas mensagens de marketing cada pessoa recebe.",
        "Espere ao menos 24 horas; insistir antes reduz ainda mais a entrega.",
    ),
    130472: _refused(
        "Cliente em experimento da Meta",
        "Este número faz parte de um experimento e não recebe mensagens de marketing.",
        "Fale com o cliente por outro meio ou espere que ele escreva.",
    ),
    # The 24-hour window.
    131047: Meaning(
        Verdict.REJECTED,
        Remedy.OFFER_TEMPLATE,
        "Janela de 24 horas encerrada",
        "Passaram mais de 24 horas desde a última mensagem do cliente.",
        "Envie um modelo aprovado para retomar a conversa.",
    ),
    # The recipient.
    131026: _refused(
        "Mensagem não entregável",
        "O número não tem WhatsApp, não aceitou os termos novos ou usa uma versão antiga do aplicativo.",
        "Confirme o número com o cliente por outro meio.",
    ),
    130403: _refused(
        "Cliente bloqueado pela empresa",
        "Este cliente está na lista de bloqueados do número.",
        "Desbloqueie o cliente no WhatsApp para voltar a escrever.",
    ),
    131050: _refused(
        "Cliente não aceita marketing",
        "O cliente pediu para não receber mensagens de marketing desta empresa.",
        "Envie apenas mensagens de utilidade ou responda quando ele escrever.",
    ),
    131021: _refused(
        "Destinatário igual ao remetente",
        "A mensagem ia para o próprio número da empresa.",
        "Escolha outro destinatário.",
    ),
    131030: _refused(
        "Número fora da lista de teste",
        "O número de teste só envia a destinatários cadastrados.",
        "Cadastre o destinatário no painel do aplicativo da Meta ou use um número próprio.",
        retryable=True,
    ),
    131062: _refused(
        "Este envio precisa do telefone",
        "O cliente é conhecido só pelo identificador do WhatsApp, que este tipo de mensagem não aceita.",
        "Peça o telefone ao cliente.",
    ),
    130497: _refused(
        "País não permitido",
        "A conta não pode enviar mensagens a clientes deste país.",
        "Veja as restrições da conta no Gerenciador do WhatsApp.",
    ),
    # The request.
    33: _malformed(
        "Número do canal não encontrado",
        "O identificador do número não existe mais na Meta.",
        "Reconecte o canal.",
    ),
    100: _malformed(
        "Parâmetro inválido", "A Meta não aceitou um campo da mensagem.", "Corrija e envie de novo."
    ),
    131008: _malformed(
        "Falta um parâmetro", "A mensagem foi sem um campo obrigatório.", "Complete e envie de novo."
    ),
    131009: _malformed(
        "Valor inválido", "Um campo da mensagem tem um valor inválido.", "Corrija e envie de novo."
    ),
    131051: _malformed(
        "Tipo de mensagem não aceito", "O WhatsApp não aceita este tipo de mensagem.", "Envie de outra forma."
    ),
    131052: _malformed(
        "Arquivo não baixado",
        "O WhatsApp não conseguiu baixar o arquivo, ou ele passa do tamanho permitido.",
        "Peça que o arquivo seja enviado de novo.",
    ),
    131053: _malformed(
        "Arquivo recusado",
        "O tipo, o formato ou o tamanho do arquivo não é aceito pelo WhatsApp.",
        "Converta o arquivo para um formato aceito e envie de novo.",
    ),
    132000: _malformed(
        "Parâmetros do modelo não conferem",
        "A quantidade de valores é diferente da que o modelo pede.",
        "Preencha todos os campos do modelo.",
    ),
    132001: _malformed(
        "Modelo não encontrado", "O modelo não existe ou não está aprovado neste idioma.", _SYNC
    ),
    132005: _malformed(
        "Texto do modelo longo demais",
        "Com os valores preenchidos, o texto passou do limite.",
        "Encurte os valores.",
    ),
    132007: _malformed(
        "Caracteres não permitidos", "Um valor do modelo viola as regras de formato.", "Reescreva os valores."
    ),
    132008: _malformed(
        "Valor não combina com o modelo", "Um valor tem formato diferente do pedido.", "Corrija os valores."
    ),
    132012: _malformed(
        "Formato de parâmetro incorreto",
        "Um valor tem formato diferente do criado no modelo.",
        "Corrija os valores.",
    ),
    132018: _malformed(
        "Parâmetros do modelo inválidos", "O modelo não aceitou os valores.", "Corrija os valores."
    ),
    # The state of the template.
    132015: _refused(
        "Modelo pausado",
        "A Meta pausou o modelo por baixa qualidade.",
        "Use outro modelo, ou edite este para que seja aprovado de novo.",
        retryable=True,
    ),
    132016: _refused(
        "Modelo desativado",
        "O modelo foi pausado vezes demais e a Meta o desativou.",
        "Crie um modelo novo com outro conteúdo.",
    ),
    131063: _refused(
        "Categoria de modelo não aceita",
        "Este modelo não pode ser enviado por aqui.",
        "Use um modelo de outra categoria.",
    ),
    132068: _refused(
        "Formulário bloqueado",
        "O formulário (Flow) está bloqueado.",
        "Corrija o formulário no Gerenciador do WhatsApp.",
    ),
    132069: _refused(
        "Formulário limitado",
        "O formulário (Flow) atingiu o limite de 10 envios por hora.",
        "Corrija os erros do formulário e espere.",
        retryable=True,
    ),
    # The channel.
    0: _broken("Falha de autenticação", "A Meta não reconheceu o token do canal.", _RECONNECT),
    190: _broken("Token vencido ou inválido", "O token de acesso do canal não vale mais.", _RECONNECT),
    3: _broken("Operação não permitida", "O aplicativo da Meta não pode fazer esta chamada.", _PERMISSIONS),
    10: PERMISSION,
    368: _broken(
        "Conta bloqueada por política",
        "A Meta bloqueou a conta por violar as políticas do WhatsApp.",
        _SUPPORT,
    ),
    131005: _broken("Acesso negado", "O token do canal não tem acesso a este número.", _PERMISSIONS),
    131031: _broken(
        "Conta do WhatsApp bloqueada",
        "A conta foi bloqueada, ou o PIN da verificação em duas etapas não confere.",
        _SUPPORT,
    ),
    131037: _broken(
        "Nome de exibição não aprovado",
        "O número ainda não tem um nome de exibição aprovado.",
        "Peça a aprovação do nome no Gerenciador do WhatsApp.",
    ),
    131042: _broken(
        "Problema de pagamento",
        "A conta está sem forma de pagamento válida, e a Meta suspendeu os envios.",
        "Cadastre ou corrija a forma de pagamento no Gerenciador de Negócios da Meta.",
    ),
    131045: _broken("Certificado do número inválido", "O registro do número na Meta falhou.", _REGISTER),
    133010: _broken("Número não registrado", "O número não está registrado na Cloud API.", _REGISTER),
    # Configuration and registration: never the answer to a send.
    2200: _malformed(
        "Webhook não confirmado",
        "A Meta chamou o endereço do webhook e não recebeu a confirmação.",
        "Confira se o endereço é público, usa https e se o servidor está no ar.",
    ),
    133000: _malformed("Remoção de registro incompleta", "Uma remoção anterior do número falhou.", _REGISTER),
    133005: _malformed("PIN incorreto", "O PIN da verificação em duas etapas não confere.", "Confira o PIN."),
    133006: _malformed(
        "Número não verificado", "O número precisa ser verificado antes do registro.", _REGISTER
    ),
    133008: _malformed("PIN bloqueado", "O PIN foi digitado errado vezes demais.", "Espere e tente de novo."),
    133009: _malformed(
        "PIN digitado rápido demais", "As tentativas foram rápidas demais.", "Espere e tente de novo."
    ),
    133015: _malformed(
        "Número excluído há pouco",
        "O número acaba de ser excluído na Meta.",
        "Espere 5 minutos antes de registrar.",
    ),
    133016: _malformed(
        "Registros demais",
        "O número foi registrado e removido vezes demais.",
        "Espere 72 horas antes de registrar.",
    ),
}
