"""The line does not work as it should."""

from server.desk.assistant.intents.intent import Intent, Need

_LINE = "internet|conexao|rede|wifi|sinal|navegacao"
_SLOW = "lent*|devagar|lerd*|instavel|oscil*|trav*|lag*|frac*|ruim|pessim*|horrivel|intermitent*|caindo"

SUPPORT = (
    Intent(
        name="suporte_tecnico",  # slow internet goes by this name in seed 003
        description="Internet lenta ou instável",
        phrases=(
            f"{_LINE} {_SLOW}", "lent*|lerd*|travando|oscilando", "fica|esta|toda|fica caindo", "cai toda hora",
            "cai tempo todo", "cai direto", "nao carrega video*|pagina*|netflix|youtube|site*|jogo*|nada",
            "jogo*|netflix|youtube|video*|live trav*|lag*|lent*", "ping alto", "problema* internet|conexao|wifi",
        ),
        text=(
            "Vou verificar sua conexão. Você pode me informar se o problema é em todos os dispositivos ou apenas em um?"
        ),
        actions=("verificar_modem", "testar_velocidade"),
    ),
    Intent(
        name="sem_conexao",
        description="Sem internet",
        phrases=(
            "nao consigo|conseguindo|conecta* acessar|navegar|entrar|usar internet|rede|wifi",
            "sem internet|conexao|sinal|rede|wifi", "internet|conexao|sinal|rede|wifi caiu|parou|morreu|sumiu|fora",
            "nao conecta*", "nao conectando", "nao tem|tenho|temos internet|sinal|conexao|rede|acesso",
            "nao funciona*|pega*|entra*|abre*|liga* internet|conexao|rede|wifi|sinal", "luz vermelha", "los vermelh*|pisca*|aces*",
            "fibra|cabo|fio romp*|cortad*|arrebent*|partid*|caid*", "internet nao volt*", "internet zerada",
        ),
        text=(
            "Sinto muito pela interrupção. Desligue o roteador da tomada por 30 segundos e ligue de novo. Depois me diga: "
            "há alguma luz vermelha acesa no aparelho?"
        ),
        actions=("reiniciar_roteador", "verificar_luzes", "abrir_chamado"),
        need=Need.ACCESS,
        weight=0.3,
    ),
    Intent(
        name="visita_tecnica",
        description="Pedir um técnico ou abrir um chamado",
        phrases=(
            "visita* tecnic*", "agendar|marcar|solicitar|pedir|quero|precis* visita*|tecnico*",
            "tecnico* vir|venha*|mandar|mandem|manda|enviar|envia|enviem|chamar|aqui|casa",
            "abrir|abre|abra|abram|registrar|fazer chamado|protocolo|ordem|ticket",
        ),
        text="Posso pedir uma visita técnica. Em qual dia e período (manhã ou tarde) alguém estará no local?",
        actions=("abrir_chamado", "agendar_visita"),
        need=Need.TICKET,
        weight=0.2,
    ),
    Intent(
        name="status_chamado",
        description="Andamento de um chamado ou de uma visita",
        phrases=(
            "status|andamento|previsao|cade|situacao|acompanhar|consultar chamado|protocolo|visita|tecnico|reparo|ordem|atendimento",
            "meu|numero chamado|protocolo", "chamado|protocolo abert*|abri|abrimos",
            "tecnico* nao veio|apareceu|chegou|vem|atras*", "quando|horas|hora tecnico* vem|chega|vai|passa|vir",
            "previsao retorno|volta*|normaliza*|conserto|internet|sinal", "quando volta* internet|sinal|normal",
        ),
        text="Vou verificar o andamento. Você pode me enviar o número do protocolo?",
        actions=("consultar_chamado",),
        weight=0.4,
    ),
    Intent(
        name="senha_wifi",
        description="Senha ou nome da rede Wi-Fi",
        phrases=(
            "senha wifi|internet|rede|roteador|modem", "trocar|mudar|alterar|esqueci|recuperar|redefinir|qual|perdi senha",
            "nome rede|wifi|internet mudar|trocar|alterar", "senha",
        ),
        text=(
            "A senha original do Wi-Fi está na etiqueta embaixo do roteador. Para trocá-la, escolha uma com pelo menos 8 "
            "caracteres; se preferir, um atendente faz a troca para você."
        ),
        actions=("trocar_senha_wifi", "falar_com_atendente"),
        weight=0.2,
    ),
    Intent(
        name="roteador",
        description="Dúvida ou defeito do roteador",
        phrases=(
            "roteador|modem|onu|aparelho|equipamento queim*|desliga*|reinici*|troc*|configur*|estrag*|quebr*|nao|novo|defeito|reset*|problema*",
            "roteador|modem|onu|repetidor|mesh", "reset* roteador|modem", "fonte queim*",
        ),
        text=(
            "Sobre o roteador: deixe-o na tomada, desligue por 30 segundos e ligue de novo, sem apertar o botão de reset. "
            "Quais luzes ficam acesas?"
        ),
        actions=("reiniciar_roteador", "verificar_luzes", "solicitar_troca"),
    ),
    Intent(
        name="velocidade",
        description="Velocidade medida ou contratada",
        phrases=(
            "teste|testar|testei|medir|medi|medicao velocidade", "speedtest|fastcom", "quanto*|quanta* mega*",
            "velocidade plano|contrat*|abaixo|menor|baix*|chega*|real|download|upload|minha|internet", "velocidade",
            "so chega*|vem|da|entrega* mega*",
        ),
        text=(
            "Para conferir a velocidade{plan}, ligue o computador ao roteador pelo cabo, feche os outros aparelhos e faça um "
            "teste em fast.com. Que valor apareceu?"
        ),
        actions=("testar_velocidade",),
    ),
    Intent(
        name="ip_fixo",
        description="IP fixo, portas e NAT",
        phrases=(
            "ip fixo|publico|estatico|dedicado|valido|real", "cgnat", "abrir|liberar|redirecionar porta*",
            "redirecionamento porta*", "nat abert*|restrit*|estrit*|moderad*|tipo",
        ),
        text="O IP fixo é um adicional do plano{plan}. Posso pedir que um consultor passe as condições para você?",
        actions=("consultar_ip_fixo", "falar_com_atendente"),
        weight=0.3,
    ),
)  # fmt: skip
