/** Each emoji and the words by which it is found, in the order in which they are shown. */
export const emoji = {
  faces: `😀 sorriso feliz alegre
😃 sorriso feliz
😄 sorriso feliz olhos
😁 sorriso dentes
😆 rindo gargalhada
😅 alívio suor sorriso
😂 chorando de rir risada
🤣 rolando de rir gargalhada
🙂 sorriso leve
🙃 de cabeça para baixo ironia
😉 piscada
😊 sorriso corado simpático
😇 anjo inocente
🥰 apaixonado carinho corações
😍 apaixonado olhos de coração
🤩 encantado estrelas uau
😘 beijo
😋 delícia gostoso
😜 língua brincadeira
🤪 maluco
🤗 abraço
🤭 ops mão na boca
🤫 silêncio segredo
🤔 pensando dúvida
🤨 desconfiado
😐 neutro sem graça
😏 malicioso
🙄 revirando os olhos
😬 sem jeito careta
😌 aliviado calmo
😔 triste pensativo
😴 dormindo sono
😷 máscara doente
🤒 febre doente
🤧 espirro gripe
🥵 calor
🥶 frio
😵 tonto
🤯 cabeça explodindo chocado
🥳 festa comemoração parabéns
😎 óculos escuros legal
🤓 estudioso óculos
😕 confuso
😟 preocupado
☹️ triste
😮 surpreso boca aberta
😲 espantado
🥺 por favor pidão
😢 chorando triste
😭 chorando muito
😱 grito medo susto
😞 decepcionado
😓 suor cansado
😩 exausto
🥱 bocejo sono
😤 bufando bravo
😡 bravo raiva
😠 irritado
🤬 xingando
💩 cocô
👻 fantasma
🤖 robô`,
  gestures: `👍 joinha positivo ok curtir
👎 negativo não curti
👌 ok perfeito
✌️ paz vitória
🤞 dedos cruzados sorte
🤝 aperto de mão acordo fechado
🙏 obrigado por favor oração gratidão
👏 palmas aplausos parabéns
🙌 mãos para cima viva
👋 oi tchau aceno olá
🤙 beleza me liga
💪 força músculo
👊 soco
✊ punho
☝️ atenção dedo para cima
👆 acima aponta
👇 abaixo aponta
👉 direita aponta
👈 esquerda aponta
🖐️ mão cinco
✍️ escrevendo assinatura
🤷 não sei tanto faz
🤦 vergonha decepção
🙋 levanta a mão eu
👀 olhos vendo olhando
👨‍👩‍👧 família
👶 bebê
🧑‍💻 computador trabalho
👩‍⚕️ médica saúde
🧑‍🔧 técnico conserto manutenção
🧑‍🍳 cozinheiro chef
🏃 correndo pressa
🚶 andando caminhada`,
  hearts: `❤️ coração amor vermelho
🧡 coração laranja
💛 coração amarelo
💚 coração verde
💙 coração azul
💜 coração roxo
🖤 coração preto
🤍 coração branco
💔 coração partido
💕 corações amor
💯 cem por cento nota máxima
✅ feito certo confirmado
☑️ marcado certo
❌ errado não cancelar
⚠️ atenção aviso cuidado
❗ exclamação importante
❓ interrogação pergunta dúvida
🚫 proibido
⛔ pare proibido
🔴 vermelho
🟡 amarelo
🟢 verde
🔵 azul
⭐ estrela favorito
🌟 estrela brilhante
✨ brilho novo
🔥 fogo quente
💥 explosão promoção
🎉 festa comemoração parabéns
🎊 confete festa
🎁 presente
🏆 troféu campeão
🥇 medalha primeiro lugar
➡️ seta direita
⬅️ seta esquerda
⬆️ seta cima
⬇️ seta baixo
🔄 atualizar trocar
ℹ️ informação
🆗 ok
🆕 novo`,
  nature: `🐶 cachorro cão pet
🐱 gato pet
🐰 coelho
🐻 urso
🐼 panda
🦁 leão
🐷 porco
🐵 macaco
🙈 macaco vergonha não vi
🐔 galinha
🐦 passarinho
🦋 borboleta
🐝 abelha
🐢 tartaruga
🐟 peixe
🌱 muda planta
🌵 cacto
🌴 palmeira praia
🌳 árvore
🍀 trevo sorte
🌹 rosa flor
🌻 girassol flor
🌸 flor cerejeira
💐 buquê flores
☀️ sol calor
⛅ sol nuvem
☁️ nuvem nublado
🌧️ chuva
⛈️ tempestade
⚡ raio energia luz
❄️ neve frio
🌈 arco-íris
🌙 lua noite
🌊 onda mar praia
💧 gota água`,
  food: `☕ café
🍵 chá
🧃 suco caixinha
🥤 refrigerante
🍺 cerveja
🍻 brinde cerveja
🍷 vinho
🥂 brinde champanhe
🍹 drink coquetel
🍎 maçã fruta
🍌 banana
🍊 laranja
🍓 morango
🍍 abacaxi
🥑 abacate
🥗 salada
🍞 pão
🥐 croissant café da manhã
🧀 queijo
🍳 ovo café da manhã
🍔 hambúrguer lanche
🍟 batata frita
🍕 pizza
🌭 cachorro-quente
🍝 macarrão massa
🍣 sushi
🍚 arroz
🍖 carne churrasco
🍰 bolo fatia
🎂 bolo aniversário
🍫 chocolate
🍦 sorvete
🍽️ prato refeição almoço jantar`,
  places: `🏨 hotel
🏠 casa
🏢 prédio empresa
🏥 hospital
🏦 banco
🏪 loja mercado
🏖️ praia guarda-sol
🏝️ ilha
🏊 piscina natação
⛰️ montanha
🏕️ acampamento
🗺️ mapa
📍 localização endereço aqui
🚗 carro
🚕 táxi
🚌 ônibus
🚐 van traslado
🚚 caminhão entrega
🏍️ moto
🚲 bicicleta
✈️ avião voo viagem
🚢 navio
🅿️ estacionamento
⛽ combustível posto
🛏️ cama quarto
🛎️ recepção campainha
🧳 mala bagagem
🔑 chave
🚿 chuveiro banho
🌎 mundo américa
🇧🇷 brasil bandeira`,
  things: `📞 telefone ligação
📱 celular
💻 computador notebook
🖨️ impressora
📷 câmera foto
🎥 vídeo filmagem
🎧 fone de ouvido
🎤 microfone
📺 televisão
📶 sinal internet wi-fi
🔌 tomada energia
🔋 bateria
💡 ideia lâmpada
🔧 chave inglesa conserto
🔨 martelo
⚙️ configuração engrenagem
🔒 cadeado fechado seguro
🔓 cadeado aberto
📧 e-mail
✉️ carta envelope
📦 pacote encomenda caixa
📄 documento página
📑 contrato páginas
📎 anexo clipe
📝 anotação formulário
📅 data calendário agenda
⏰ despertador horário
⏳ aguarde tempo ampulheta
🕐 hora relógio
💰 dinheiro
💵 nota dinheiro
💳 cartão crédito pagamento
🧾 recibo nota fiscal boleto
🏷️ preço etiqueta desconto
🛒 carrinho compra
🛍️ sacola compras
📊 gráfico
📈 alta crescimento
📉 queda
🔍 busca lupa
🔗 link
🔔 sino aviso lembrete
📢 anúncio megafone
🎵 música
⚽ futebol bola
🎮 jogo
📚 livros
🎓 formatura
💊 remédio
💉 vacina injeção
🧹 limpeza vassoura
👕 camiseta roupa
👓 óculos`,
};
