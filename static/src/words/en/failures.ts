import type { Explained, Said } from "../said";

const wait = "Wait: it is tried again by itself.";
const later = "Send it again in a few minutes.";
const look = "Ask the customer before sending it again.";
const values = "Correct the values.";
const settings = "An administrator has to look at the number under Settings.";
const manager = "See the account’s restrictions in the WhatsApp Manager.";

const of = (title: string, cause: string, nextStep: string): Explained => ({ title, cause, nextStep });

export const failures: Said["failures"] = {
  UNREACHABLE: of("WhatsApp is unreachable", "Meta’s servers could not be reached.", wait),
  TOO_LATE: of("Out of time", "The attempt’s time was over before the message left.", wait),
  NO_ANSWER: of("WhatsApp did not answer", "The message left, but Meta did not confirm it.", look),
  BAD_ANSWER: of("Unexpected answer", "WhatsApp may have accepted the message.", look),
  RATE_LIMITED: of("Limit of calls", "Meta asked us to wait.", wait),
  UNSUPPORTED: of(
    "Not supported",
    "This kind of message cannot be sent on this channel.",
    "Send it another way.",
  ),
  NO_RECIPIENT: of("No recipient", "The contact has no phone number on WhatsApp.", "Ask for the number."),
  NO_FILE: of("File missing", "The message has no file to send.", "Attach the file again."),
  FILE_GONE: of("File not found", "The file is no longer kept.", "Attach the file again."),
  INTERNAL: of("Unexpected failure", "Something went wrong while it was sent.", later),
  DISCARDED: of("Discarded", "An agent gave this message up.", "Send it again if it is still wanted."),
  UNCONFIRMED: of("Not confirmed", "WhatsApp did not confirm it in time; it may have been delivered.", look),
  WAMID_TAKEN: of("Not confirmed", "WhatsApp answered with another message’s id.", look),
  CHANNEL_REMOVED: of(
    "Channel removed",
    "This conversation’s number is no longer connected.",
    "Connect the number again and begin another conversation.",
  ),
  UNKNOWN: of("WhatsApp refused it", "Meta gave an error that is not known here.", later),
  0: of("Authentication failed", "Meta did not recognise the channel’s token.", settings),
  1: of("Unknown API error", "Meta did not say why.", later),
  2: of("API unavailable", "Meta has a passing failure or is overloaded.", later),
  3: of("Not allowed", "The Meta app may not make this call.", settings),
  4: of("App’s limit of calls", "The Meta app has reached its hourly limit.", wait),
  10: of("No permission", "The channel’s token may not do this.", settings),
  33: of("Number not found", "The number’s id no longer exists at Meta.", settings),
  100: of("Invalid parameter", "Meta did not accept a part of the message.", "Correct it and send it again."),
  190: of("Token expired", "The channel’s access token is no longer valid.", settings),
  368: of("Account blocked", "Meta blocked the account for breaking WhatsApp’s policies.", settings),
  2200: of("Webhook not confirmed", "Meta got no confirmation from the webhook’s address.", settings),
  80007: of("Account’s limit of calls", "The WhatsApp account has reached its hourly limit.", wait),
  130403: of(
    "Customer blocked",
    "The customer is on the number’s block list.",
    "Unblock the customer on WhatsApp.",
  ),
  130429: of("Number’s speed limit", "The number has reached its messages per second.", wait),
  130472: of(
    "Customer in an experiment of Meta’s",
    "This number gets no marketing messages.",
    "Use another way, or wait until the customer writes.",
  ),
  130497: of("Country not allowed", "The account may not write to customers of this country.", manager),
  131000: of("WhatsApp failed", "Meta could not process the message, by a fault of its own.", later),
  131005: of("Access denied", "The channel’s token has no access to this number.", settings),
  131008: of(
    "Parameter missing",
    "The message lacked a field that is needed.",
    "Complete it and send it again.",
  ),
  131009: of("Invalid value", "A part of the message has an invalid value.", "Correct it and send it again."),
  131016: of("WhatsApp unavailable", "A system of Meta’s is down for the moment.", later),
  131021: of(
    "Sender and recipient are the same",
    "It was for the company’s own number.",
    "Choose another recipient.",
  ),
  131026: of(
    "Cannot be delivered",
    "The number has no WhatsApp, has not accepted its new terms, or uses an old version.",
    "Confirm the number with the customer by other means.",
  ),
  131030: of(
    "Not on the test list",
    "The test number writes to registered recipients only.",
    "Register the recipient in the Meta app, or use a number of your own.",
  ),
  131031: of("WhatsApp account locked", "It was blocked, or the two-step PIN is wrong.", settings),
  131037: of("Display name not approved", "The number has no approved display name yet.", settings),
  131042: of(
    "Payment problem",
    "The account has no valid payment method: Meta has suspended its sends.",
    settings,
  ),
  131045: of("Number’s certificate invalid", "The number’s registration with Meta failed.", settings),
  131047: of(
    "24-hour window closed",
    "More than 24 hours have passed since the customer’s last message.",
    "Send an approved template to take the conversation up again.",
  ),
  131048: of(
    "Limited as possible spam",
    "Messages of this number were blocked or reported, and Meta has limited it.",
    "See the number’s quality in the WhatsApp Manager, and send less.",
  ),
  131049: of(
    "Held back to protect the customer",
    "Meta limits how many marketing messages a person gets.",
    "Wait at least 24 hours; trying sooner lowers delivery further.",
  ),
  131050: of(
    "Customer takes no marketing",
    "The customer asked for no marketing messages of this company.",
    "Send utility messages only, or answer when the customer writes.",
  ),
  131051: of(
    "Kind of message not accepted",
    "WhatsApp does not take this kind of message.",
    "Send it another way.",
  ),
  131052: of(
    "File not downloaded",
    "WhatsApp could not download it, or it is too large.",
    "Attach the file again.",
  ),
  131053: of(
    "File refused",
    "WhatsApp does not take its type, format or size.",
    "Convert it to a format that is accepted and send it again.",
  ),
  131056: of("Too many to this customer", "Too many messages in a short time.", wait),
  131057: of("Account under maintenance", "Meta is maintaining the account.", later),
  131062: of(
    "Phone number needed",
    "WhatsApp knows the customer by an id only.",
    "Ask for the phone number.",
  ),
  131063: of(
    "Template category not accepted",
    "This template cannot be sent here.",
    "Use another category’s.",
  ),
  131064: of("Limit of messages reached", "No more customers may be approached in these 24 hours.", manager),
  132000: of(
    "Template values do not fit",
    "The template asks for another number of them.",
    "Fill in every field.",
  ),
  132001: of(
    "Template not found",
    "It does not exist, or is not approved in this language.",
    "Sync the templates.",
  ),
  132005: of("Template text too long", "With its values it is over the limit.", "Shorten the values."),
  132007: of("Characters not allowed", "A value breaks the rules for templates.", "Write the values anew."),
  132008: of("Value does not fit the template", "A value has another form than was asked.", values),
  132012: of("Wrong parameter format", "A value has another form than in the template.", values),
  132015: of("Template paused", "Meta paused it for its low quality.", "Use another template."),
  132016: of("Template disabled", "It was paused too often.", "Make a new template with other content."),
  132018: of("Template parameters invalid", "The template did not take the values.", values),
  132068: of("Flow blocked", "The form (Flow) is blocked.", "Mend it in the WhatsApp Manager."),
  132069: of("Flow limited", "The form (Flow) has reached 10 sends an hour.", "Mend its errors, and wait."),
  133000: of("Removal not finished", "An earlier removal of the number failed.", settings),
  133004: of("Server unavailable", "A server of Meta’s is down for the moment.", later),
  133005: of("Wrong PIN", "The two-step PIN is wrong.", settings),
  133006: of("Number not verified", "It has to be verified before it is registered.", settings),
  133008: of("PIN locked", "It was typed wrong too often.", "Wait, and try again."),
  133009: of("PIN typed too fast", "The attempts came too fast.", "Wait, and try again."),
  133010: of("Number not registered", "It is not registered with the Cloud API.", settings),
  133015: of(
    "Number deleted just now",
    "It has just been deleted at Meta.",
    "Wait 5 minutes before registering.",
  ),
  133016: of("Too many registrations", "It was registered and removed too often.", "Wait 72 hours."),
  135000: of("Generic error", "Meta refused the message without saying why.", later),
};
