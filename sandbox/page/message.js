// One message: what it replies to, its picture or document, its words, its buttons.

import { element, formatted, link } from "./text.js";

const SECONDS_OF_WAITING = 15;

/** The node of a message. `act` knows how to say, press and copy for this person. */
export function bubble(message, person, act) {
  const own = message.from?.id === person.id;
  const says = own ? "You" : "Homeward";
  const article = element("article", [], {
    class: own ? "message own" : "message",
    "data-message-id": message.message_id,
    "data-by": own ? "person" : "bot",
    "aria-label": `${says}, ${clock(message.date)}`,
  });
  const card = element("div", [], { class: "card" });
  if (message.reply_to_message) card.append(quoted(message.reply_to_message));
  if (message.photo) card.append(picture(message));
  if (message.document) card.append(paper(message.document));
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  if (text) {
    card.append(element("div", formatted(text, entities, person.language, act), { class: "text" }));
  }
  card.append(marks(message));
  article.append(card);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) article.append(keyboard(rows, message, act));
  return article;
}

/** What replies to this message quote it as it reads now. */
export function requote(log, message) {
  for (const button of log.querySelectorAll(`[data-original="${message.message_id}"]`)) {
    quote(button, message);
  }
}

function quote(button, original) {
  const words = original.text ?? original.caption ?? "Picture or document";
  button.textContent = words.split("\n")[0];
  button.setAttribute("aria-label", `In reply to: ${words.slice(0, 80)}`);
}

function quoted(original) {
  const button = element("button", [], {
    type: "button", class: "quote", "data-original": original.message_id,
  });
  quote(button, original);
  button.addEventListener("click", () => {
    const log = button.closest(".log");
    const found = log.querySelector(`[data-message-id="${original.message_id}"]`);
    found?.scrollIntoView({ block: "center" });
    found?.classList.add("found");
    setTimeout(() => found?.classList.remove("found"), 1200);
  });
  return button;
}

function picture(message) {
  const size = message.photo.at(-1);
  const source = `/sandbox/files/${size.file_id}`;
  const alt = message.caption?.split("\n")[0] || "Picture";
  const image = element("img", [], { src: source, alt, width: size.width, height: size.height });
  return element("a", image, { class: "picture", href: source, target: "_blank" });
}

function paper(file) {
  const size = file.file_size < 1024 ? `${file.file_size} B` : `${Math.ceil(file.file_size / 1024)} kB`;
  const words = [element("b", file.file_name), element("small", size)];
  return element("a", words, {
    class: "paper", href: `/sandbox/files/${file.file_id}`, download: file.file_name,
  });
}

function marks(message) {
  const words = [clock(message.date)];
  if (message.edit_date) words.unshift("edited");
  if (message.silent) words.unshift("silent");
  return element("p", words.join(" · "), { class: "marks" });
}

function clock(seconds) {
  const date = new Date(seconds * 1000);
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function keyboard(rows, message, act) {
  const made = element("div", [], { class: "keyboard" });
  for (const row of rows) {
    made.append(element("div", row.map((key) => buttonOf(key, message, act)), { class: "row" }));
  }
  return made;
}

function buttonOf(key, message, act) {
  const kind = `key ${key.style ?? ""}`.trim();
  if (key.url) {
    const made = link(key.url, key.text, act);
    made.className = `${kind} out`;
    return made;
  }
  const button = element("button", key.text, { type: "button", class: kind });
  if (key.callback_data !== undefined) {
    button.addEventListener("click", () => pressed(button, message, key.callback_data, act));
  } else if (key.copy_text) {
    button.addEventListener("click", () => act.copies(key.copy_text.text));
  } else {
    button.disabled = true;
  }
  return button;
}

/** The button waits, as in Telegram, until the bot answers the press. */
async function pressed(button, message, data, act) {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  const free = () => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  };
  setTimeout(free, SECONDS_OF_WAITING * 1000);
  await act.presses(message.message_id, data, free);
}
