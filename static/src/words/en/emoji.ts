import type * as ptBR from "../pt-BR/emoji";

export const emoji: typeof ptBR.emoji = {
  faces: `😀 smile happy
😃 smile happy
😄 smile happy eyes
😁 grin teeth
😆 laughing
😅 relief sweat smile
😂 tears of joy laughing
🤣 rolling laughing
🙂 slight smile
🙃 upside down irony
😉 wink
😊 blushing smile friendly
😇 angel innocent
🥰 in love affection hearts
😍 in love heart eyes
🤩 star-struck wow
😘 kiss
😋 yummy delicious
😜 tongue joking
🤪 crazy
🤗 hug
🤭 oops hand over mouth
🤫 quiet secret shh
🤔 thinking doubt
🤨 suspicious
😐 neutral
😏 smirk
🙄 rolling eyes
😬 awkward grimace
😌 relieved calm
😔 sad pensive
😴 sleeping tired
😷 mask sick
🤒 fever sick
🤧 sneeze flu
🥵 hot
🥶 cold
😵 dizzy
🤯 mind blown shocked
🥳 party celebration congratulations
😎 sunglasses cool
🤓 nerd glasses
😕 confused
😟 worried
☹️ sad
😮 surprised open mouth
😲 astonished
🥺 please pleading
😢 crying sad
😭 sobbing
😱 scream fear
😞 disappointed
😓 sweat tired
😩 exhausted
🥱 yawn sleepy
😤 huffing angry
😡 angry rage
😠 annoyed
🤬 swearing
💩 poop
👻 ghost
🤖 robot`,
  gestures: `👍 thumbs up ok like
👎 thumbs down dislike
👌 ok perfect
✌️ peace victory
🤞 fingers crossed luck
🤝 handshake deal
🙏 thanks please pray gratitude
👏 clapping applause congratulations
🙌 hands up hooray
👋 hi bye wave hello
🤙 call me
💪 strong muscle
👊 punch fist bump
✊ fist
☝️ attention finger up
👆 above pointing up
👇 below pointing down
👉 pointing right
👈 pointing left
🖐️ hand five
✍️ writing signature
🤷 don't know shrug whatever
🤦 facepalm shame
🙋 raising hand me
👀 eyes looking
👨‍👩‍👧 family
👶 baby
🧑‍💻 computer work
👩‍⚕️ doctor health
🧑‍🔧 technician repair maintenance
🧑‍🍳 cook chef
🏃 running hurry
🚶 walking`,
  hearts: `❤️ heart love red
🧡 orange heart
💛 yellow heart
💚 green heart
💙 blue heart
💜 purple heart
🖤 black heart
🤍 white heart
💔 broken heart
💕 hearts love
💯 hundred percent perfect score
✅ done right confirmed check
☑️ checked right
❌ wrong no cancel
⚠️ warning attention careful
❗ exclamation important
❓ question doubt
🚫 forbidden
⛔ stop no entry
🔴 red
🟡 yellow
🟢 green
🔵 blue
⭐ star favorite
🌟 glowing star
✨ sparkles new
🔥 fire hot
💥 explosion boom sale
🎉 party celebration congratulations
🎊 confetti party
🎁 gift present
🏆 trophy champion
🥇 medal first place
➡️ right arrow
⬅️ left arrow
⬆️ up arrow
⬇️ down arrow
🔄 refresh swap
ℹ️ information
🆗 ok
🆕 new`,
  nature: `🐶 dog pet
🐱 cat pet
🐰 rabbit
🐻 bear
🐼 panda
🦁 lion
🐷 pig
🐵 monkey
🙈 monkey see no evil shy
🐔 chicken
🐦 bird
🦋 butterfly
🐝 bee
🐢 turtle
🐟 fish
🌱 seedling plant
🌵 cactus
🌴 palm tree beach
🌳 tree
🍀 clover luck
🌹 rose flower
🌻 sunflower flower
🌸 cherry blossom flower
💐 bouquet flowers
☀️ sun hot
⛅ sun cloud
☁️ cloud cloudy
🌧️ rain
⛈️ storm
⚡ lightning power energy
❄️ snow cold
🌈 rainbow
🌙 moon night
🌊 wave sea beach
💧 water drop`,
  food: `☕ coffee
🍵 tea
🧃 juice box
🥤 soda soft drink
🍺 beer
🍻 cheers beer
🍷 wine
🥂 toast champagne
🍹 drink cocktail
🍎 apple fruit
🍌 banana
🍊 orange
🍓 strawberry
🍍 pineapple
🥑 avocado
🥗 salad
🍞 bread
🥐 croissant breakfast
🧀 cheese
🍳 egg breakfast
🍔 hamburger
🍟 french fries
🍕 pizza
🌭 hot dog
🍝 pasta spaghetti
🍣 sushi
🍚 rice
🍖 meat barbecue
🍰 cake slice
🎂 birthday cake
🍫 chocolate
🍦 ice cream
🍽️ plate meal lunch dinner`,
  places: `🏨 hotel
🏠 house home
🏢 building company
🏥 hospital
🏦 bank
🏪 store shop
🏖️ beach umbrella
🏝️ island
🏊 pool swimming
⛰️ mountain
🏕️ camping
🗺️ map
📍 location address here pin
🚗 car
🚕 taxi
🚌 bus
🚐 van shuttle
🚚 truck delivery
🏍️ motorcycle
🚲 bicycle
✈️ plane flight travel
🚢 ship
🅿️ parking
⛽ fuel gas station
🛏️ bed room
🛎️ front desk bell
🧳 suitcase luggage
🔑 key
🚿 shower bath
🌎 world america
🇧🇷 brazil flag`,
  things: `📞 phone call
📱 cell phone
💻 computer laptop
🖨️ printer
📷 camera photo
🎥 video filming
🎧 headphones
🎤 microphone
📺 television
📶 signal internet wi-fi
🔌 plug power
🔋 battery
💡 idea light bulb
🔧 wrench repair
🔨 hammer
⚙️ settings gear
🔒 lock closed secure
🔓 unlocked open
📧 email
✉️ letter envelope
📦 package parcel box
📄 document page
📑 contract pages
📎 attachment clip
📝 note form
📅 date calendar
⏰ alarm clock time
⏳ wait time hourglass
🕐 hour clock
💰 money
💵 dollar bill cash
💳 credit card payment
🧾 receipt invoice
🏷️ price tag discount
🛒 shopping cart
🛍️ shopping bags
📊 chart
📈 rising growth
📉 falling
🔍 search magnifying glass
🔗 link
🔔 bell notice reminder
📢 announcement loudspeaker
🎵 music
⚽ soccer ball
🎮 game
📚 books
🎓 graduation
💊 medicine pill
💉 vaccine injection
🧹 cleaning broom
👕 t-shirt clothes
👓 glasses`,
};
