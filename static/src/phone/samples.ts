// One message of each kind, for whoever has no file at hand.
import { w } from "./words";

const PAULISTA = { latitude: -23.561414, longitude: -46.655881, name: "MASP", address: "Av. Paulista, 1578" };
const ANA = {
  name: { formatted_name: "Ana Lima", first_name: "Ana", last_name: "Lima" },
  phones: [{ phone: "+55 11 98888-7777", type: "CELL" }],
};

const product = () => ({
  product_retailer_id: w.samples.room,
  quantity: 2,
  item_price: 350,
  currency: "BRL",
});

const referral = () => ({
  source_url: "https://www.instagram.com/p/verao",
  source_id: "120208000000000001",
  source_type: "ad",
  headline: w.samples.headline,
  body: w.samples.adBody,
  media_type: "image",
  image_url: "https://www.instagram.com/p/verao/media",
  ctwa_clid: "ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4",
});

/** `caption`: what was written, for the kinds that carry words. */
export const samples = {
  image: (caption: string) => media("image", caption),
  video: (caption: string) => media("video", caption),
  audio: () => media("audio", ""),
  document: (caption: string) => media("document", caption),
  sticker: () => media("sticker", ""),
  location: () => ({ type: "location", location: PAULISTA }),
  contact: () => ({ type: "contacts", contacts: [ANA] }),
  order: (text: string) => ({
    type: "order",
    order: { catalog_id: "1064110000000001", text: text || w.samples.order, product_items: [product()] },
  }),
  referral: (text: string) => ({
    type: "text",
    text: { body: text || w.samples.text },
    referral: referral(),
  }),
  unsupported: () => ({ type: "unsupported", unsupported: { type: "poll" } }),
} satisfies Record<string, (caption: string) => object>;

export type Sample = keyof typeof samples;

const media = (type: string, caption: string) => (caption ? { type, [type]: { caption } } : { type });
