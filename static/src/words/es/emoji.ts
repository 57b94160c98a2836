import type * as ptBR from "../pt-BR/emoji";

export const emoji: typeof ptBR.emoji = {
  faces: `😀 sonrisa feliz alegre
😃 sonrisa feliz
😄 sonrisa feliz ojos
😁 sonrisa dientes
😆 riendo carcajada
😅 alivio sudor sonrisa
😂 llorando de risa
🤣 rodando de risa carcajada
🙂 sonrisa leve
🙃 al revés ironía
😉 guiño
😊 sonrisa sonrojado simpático
😇 ángel inocente
🥰 enamorado cariño corazones
😍 enamorado ojos de corazón
🤩 encantado estrellas guau
😘 beso
😋 delicioso rico
😜 lengua broma
🤪 loco
🤗 abrazo
🤭 ups mano en la boca
🤫 silencio secreto
🤔 pensando duda
🤨 desconfiado
😐 neutral
😏 malicioso
🙄 ojos en blanco
😬 incómodo mueca
😌 aliviado calma
😔 triste pensativo
😴 durmiendo sueño
😷 mascarilla enfermo
🤒 fiebre enfermo
🤧 estornudo gripe
🥵 calor
🥶 frío
😵 mareado
🤯 cabeza explotando impactado
🥳 fiesta celebración felicidades
😎 lentes oscuros genial
🤓 estudioso lentes
😕 confundido
😟 preocupado
☹️ triste
😮 sorprendido boca abierta
😲 asombrado
🥺 por favor súplica
😢 llorando triste
😭 llorando mucho
😱 grito miedo susto
😞 decepcionado
😓 sudor cansado
😩 agotado
🥱 bostezo sueño
😤 resoplando enojado
😡 enojado furia
😠 molesto
🤬 insultando
💩 popó
👻 fantasma
🤖 robot`,
  gestures: `👍 pulgar arriba ok me gusta
👎 pulgar abajo no me gusta
👌 ok perfecto
✌️ paz victoria
🤞 dedos cruzados suerte
🤝 apretón de manos acuerdo
🙏 gracias por favor oración
👏 aplausos felicidades
🙌 manos arriba viva
👋 hola chau adiós saludo
🤙 llámame
💪 fuerza músculo
👊 puño golpe
✊ puño
☝️ atención dedo arriba
👆 arriba señala
👇 abajo señala
👉 derecha señala
👈 izquierda señala
🖐️ mano cinco
✍️ escribiendo firma
🤷 no sé da igual
🤦 vergüenza decepción
🙋 levanta la mano yo
👀 ojos viendo mirando
👨‍👩‍👧 familia
👶 bebé
🧑‍💻 computadora trabajo
👩‍⚕️ médica doctora salud
🧑‍🔧 técnico reparación mantenimiento
🧑‍🍳 cocinero chef
🏃 corriendo prisa
🚶 caminando`,
  hearts: `❤️ corazón amor rojo
🧡 corazón naranja
💛 corazón amarillo
💚 corazón verde
💙 corazón azul
💜 corazón morado
🖤 corazón negro
🤍 corazón blanco
💔 corazón roto
💕 corazones amor
💯 cien por ciento nota máxima
✅ hecho correcto confirmado
☑️ marcado correcto
❌ error no cancelar
⚠️ atención aviso cuidado
❗ exclamación importante
❓ pregunta duda
🚫 prohibido
⛔ alto prohibido
🔴 rojo
🟡 amarillo
🟢 verde
🔵 azul
⭐ estrella favorito
🌟 estrella brillante
✨ brillo nuevo
🔥 fuego caliente
💥 explosión promoción
🎉 fiesta celebración felicidades
🎊 confeti fiesta
🎁 regalo
🏆 trofeo campeón
🥇 medalla primer lugar
➡️ flecha derecha
⬅️ flecha izquierda
⬆️ flecha arriba
⬇️ flecha abajo
🔄 actualizar cambiar
ℹ️ información
🆗 ok
🆕 nuevo`,
  nature: `🐶 perro mascota
🐱 gato mascota
🐰 conejo
🐻 oso
🐼 panda
🦁 león
🐷 cerdo
🐵 mono
🙈 mono vergüenza no veo
🐔 gallina
🐦 pájaro
🦋 mariposa
🐝 abeja
🐢 tortuga
🐟 pez
🌱 brote planta
🌵 cactus
🌴 palmera playa
🌳 árbol
🍀 trébol suerte
🌹 rosa flor
🌻 girasol flor
🌸 flor cerezo
💐 ramo flores
☀️ sol calor
⛅ sol nube
☁️ nube nublado
🌧️ lluvia
⛈️ tormenta
⚡ rayo energía luz
❄️ nieve frío
🌈 arcoíris
🌙 luna noche
🌊 ola mar playa
💧 gota agua`,
  food: `☕ café
🍵 té
🧃 jugo cajita
🥤 refresco gaseosa
🍺 cerveza
🍻 brindis cerveza
🍷 vino
🥂 brindis champán
🍹 trago cóctel
🍎 manzana fruta
🍌 banana plátano
🍊 naranja
🍓 fresa frutilla
🍍 piña ananá
🥑 aguacate palta
🥗 ensalada
🍞 pan
🥐 croissant medialuna desayuno
🧀 queso
🍳 huevo desayuno
🍔 hamburguesa
🍟 papas fritas
🍕 pizza
🌭 hot dog pancho
🍝 pasta fideos
🍣 sushi
🍚 arroz
🍖 carne asado
🍰 pastel torta porción
🎂 pastel torta cumpleaños
🍫 chocolate
🍦 helado
🍽️ plato comida almuerzo cena`,
  places: `🏨 hotel
🏠 casa
🏢 edificio empresa
🏥 hospital
🏦 banco
🏪 tienda
🏖️ playa sombrilla
🏝️ isla
🏊 piscina alberca natación
⛰️ montaña
🏕️ campamento
🗺️ mapa
📍 ubicación dirección aquí
🚗 auto carro
🚕 taxi
🚌 autobús colectivo
🚐 van traslado
🚚 camión entrega
🏍️ moto
🚲 bicicleta
✈️ avión vuelo viaje
🚢 barco
🅿️ estacionamiento
⛽ combustible gasolinera
🛏️ cama habitación
🛎️ recepción timbre
🧳 maleta equipaje
🔑 llave
🚿 ducha baño
🌎 mundo américa
🇧🇷 brasil bandera`,
  things: `📞 teléfono llamada
📱 celular
💻 computadora laptop
🖨️ impresora
📷 cámara foto
🎥 video filmación
🎧 auriculares
🎤 micrófono
📺 televisión
📶 señal internet wi-fi
🔌 enchufe energía
🔋 batería
💡 idea bombilla foco
🔧 llave inglesa reparación
🔨 martillo
⚙️ configuración engranaje
🔒 candado cerrado seguro
🔓 candado abierto
📧 correo
✉️ carta sobre
📦 paquete envío caja
📄 documento página
📑 contrato páginas
📎 adjunto clip
📝 nota formulario
📅 fecha calendario agenda
⏰ despertador horario
⏳ espera tiempo reloj de arena
🕐 hora reloj
💰 dinero
💵 billete dinero efectivo
💳 tarjeta crédito pago
🧾 recibo factura
🏷️ precio etiqueta descuento
🛒 carrito compra
🛍️ bolsas compras
📊 gráfico
📈 alza crecimiento
📉 caída
🔍 búsqueda lupa
🔗 enlace
🔔 campana aviso recordatorio
📢 anuncio megáfono
🎵 música
⚽ fútbol pelota
🎮 juego
📚 libros
🎓 graduación
💊 medicina remedio
💉 vacuna inyección
🧹 limpieza escoba
👕 camiseta ropa
👓 lentes anteojos`,
};
