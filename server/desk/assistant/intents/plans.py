"""Buying, changing and leaving."""

from server.desk.assistant.intents.intent import Intent
from server.desk.conversations.models import Priority

PLANS = (
    Intent(
        name="cancelamento",
        description="Cancelar o contrato",
        phrases=(
            "cancel* plano|internet|contrato|servico*|assinatura|tudo|conta",
            "cancel*", "encerr*|rescin*|desist* contrato|plano|servico|assinatura|internet|conta",
            "nao quero mais internet|plano|servico|contrato|voces", "desligar|desinstalar internet|servico|plano",
        ),
        unless=("nao quero|vou|pretendo|precisa cancel*", "cancel* visita|chamado|agendamento|tecnico|pedido|boleto", "sem cancel*"),
        text="Lamento que esteja pensando em cancelar. Vou chamar um atendente para entender o que houve e ajudar você.",
        actions=("falar_com_atendente", "oferecer_retencao"),
        transfers=True,
        priority=Priority.HIGH,
        weight=0.8,
    ),
    Intent(
        name="mudanca_plano",
        description="Mudar de plano ou de velocidade",
        phrases=(
            "mudar|troc*|alterar|migrar|mudanca|upgrade|downgrade|melhorar|reduzir|baixar plano|pacote|mega*",
            "aument*|diminu*|subir|melhorar internet|velocidade|mega*|plano|pacote", "upgrade", "downgrade",
            "plano maior|melhor|menor|superior|barat*|rapid*", "mais mega*|velocidade",
        ),
        text="Temos outras opções além do seu plano{plan}. Você quer mais velocidade ou uma mensalidade menor?",
        actions=("mostrar_planos", "falar_com_atendente"),
        weight=0.3,
    ),
    Intent(
        name="mudanca_endereco",
        description="Levar a internet para outro endereço",
        phrases=(
            "mud*|troc*|transfer* endereco|casa|apartamento|apto|residencia|imovel|local|rua|bairro", "vou|estou mudar|mudando",
            "novo endereco", "mudei",
        ),
        text="Fazemos a mudança de endereço. Me informe o novo CEP com o número, que um atendente confirma a cobertura e agenda.",
        actions=("consultar_cobertura", "falar_com_atendente"),
        transfers=True,
        weight=0.4,
    ),
    Intent(
        name="titularidade",
        description="Trocar o titular do contrato",
        phrases=(
            "titularidade", "mud*|troc*|pass*|transfer* titular*|nome|dono contrato|conta|plano|internet",
            "mud*|troc*|pass*|transfer* titular*", "pass*|transfer*|coloc* contrato|conta|plano|internet nome",
        ),
        text="Para trocar o titular, precisamos dos documentos do titular atual e do novo. Vou chamar um atendente para fazer isso.",
        actions=("falar_com_atendente",),
        transfers=True,
        weight=0.5,
    ),
    Intent(
        name="cobertura",
        description="Se o endereço é atendido",
        phrases=(
            "atende|atendem|cobre|cobrem|chega|tem|disponivel|disponibilidade|cobertura bairro|rua|regiao|cidade|cep|endereco|zona|condominio|sitio|chacara",
            "cobertura|viabilidade", "atendem|cobrem", "tem fibra|internet regiao|bairro|rua|cidade",
        ),
        text="Vamos conferir a cobertura. Me envie o CEP e o número do endereço, por favor.",
        actions=("consultar_cobertura",),
        weight=0.3,
    ),
    Intent(
        name="contratar",
        description="Contratar internet",
        phrases=(
            "contrat*|assin*|instalar|adquirir internet|plano*|fibra|wifi|pacote*|servico", "quero|gostaria|posso|como|queria contratar|assinar|instalar|colocar",
            "quais|ver|conhecer|tabela|valor*|preco*|quanto|promoc* plano*|pacote*|internet", "quanto custa", "novo cliente",
            "ser cliente", "nova instalacao", "contratar", "quero plano*",
        ),
        text="Que bom que quer ser nosso cliente! Me envie o CEP e o número do endereço para eu conferir os planos disponíveis.",
        actions=("mostrar_planos", "consultar_cobertura"),
    ),
)  # fmt: skip
