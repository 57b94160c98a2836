"""About the house itself, and how people talk."""

from server.desk.assistant.intents.intent import Intent
from server.desk.conversations.models import Priority

MANNERS = (
    Intent(
        name="falar_com_atendente",
        description="Falar com uma pessoa",
        phrases=(
            "falar|fala|falo|conversar|quero|precis*|cham*|pass*|transf*|queria|gostaria atendente*|humano|pessoa|consultor*|responsavel|supervisor*|gerente|operador*",
            "falar|conversar|chama* alguem|gente", "atendente*", "humano", "atendimento humano|pessoal", "pessoa real|verdade",
            "nao quero|aguento robo|bot|maquina",
        ),
        text="Claro! Vou transferir você para um atendente.",
        actions=("transferir_atendente",),
        transfers=True,
        weight=1,
    ),
    Intent(
        name="reclamacao",
        description="Reclamação",
        phrases=(
            "reclam*", "pessim*|horrivel|ruim|descaso|absurdo|vergonh*|lixo|porcaria servico*|atendimento|empresa|suporte|voces",
            "procon|anatel|processar|advogado|justica|reclameaqui", "insatisfeit*|indignad*|revoltad*|decepcionad*", "absurdo|descaso|palhacada|vergonha",
        ),
        text="Sinto muito por isso. Vou registrar a sua reclamação e chamar um atendente agora.",
        actions=("registrar_reclamacao", "transferir_atendente"),
        transfers=True,
        priority=Priority.HIGH,
        weight=0.4,
    ),
    Intent(
        name="elogio",
        description="Elogio",
        phrases=(
            "otim*|excelente|maravilhos*|perfeit*|nota|top atendimento|servico*|internet|empresa|suporte|trabalho|equipe",
            "parabens", "adorei|amei|gostei|elogi*", "muito bom|boa|satisfeit*|feliz", "satisfeit*",
        ),
        unless=("nao gostei|satisfeit*|otim*|bom|boa",),
        text="Muito obrigado pelo carinho! Vou compartilhar com a equipe.",
        actions=("registrar_elogio",),
        weight=-0.2,
        greets=False,
    ),
    Intent(
        name="horario",
        description="Horário de atendimento",
        phrases=(
            "horario*|hora*|horas atendimento|funcionamento|abre*|fecha*|funciona*|loja|escritorio|atende*",
            "abre*|funciona*|atende*|aberto* sabado*|domingo*|feriado*|fim|amanha", "horario*", "aberto*|aberta* agora|hoje|ainda",
        ),
        text="{hours} Por aqui você pode escrever a qualquer hora.",
        actions=("informar_horario",),
    ),
    Intent(
        name="saudacao",
        description="Saudação",
        phrases=("oi|ola|opa|eai|hello|alo", "bom dia", "boa tarde|noite", "tudo bem|bom|certo", "eae"),
        text="Como posso ajudar? Você pode perguntar sobre sua conexão, sua fatura ou nossos planos.",
        actions=("mostrar_menu",),
        weight=-1.5,
    ),
    Intent(
        name="agradecimento",
        description="Agradecimento",
        phrases=("obrigad*|brigad*|valeu|agradec*|grat*", "muito obrigad*"),
        text="Por nada! Se precisar de mais alguma coisa, é só escrever.",
        weight=-1,
        greets=False,
    ),
    Intent(
        name="despedida",
        description="Despedida",
        phrases=(
            "tchau|adeus|falou", "ate logo|mais|breve|amanha|proxima", "so isso", "tenha bom|boa|otim*",
            "pode encerrar|finalizar|fechar", "fica deus",
        ),
        text="Até logo! Conte com a gente quando precisar.",
        actions=("encerrar_conversa",),
        weight=-0.9,
        greets=False,
    ),
)  # fmt: skip
