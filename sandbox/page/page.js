// The chat page: several people, each with a phone of their own.

import { bubble, requote } from "./message.js";
import { element } from "./text.js";

const phones = new Map();
const LANGUAGES = { uk: "Ukrainian", ru: "Russian", en: "English" };
let bot = { username: "", here: false };

async function ask(path, body) {
  const answer = await fetch(`/sandbox/${path}`, body && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (told.error) throw new Error(told.error);
  return told;
}

class Phone {
  constructor(person) {
    this.person = person;
    this.messages = new Map();
    this.said = new Map();
    this.waiting = new Map();
    this.unread = 0;
    this.node = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.log = this.find(".log");
    this.node.dataset.person = person.key;
    this.node.setAttribute("aria-label", person.name);
    this.tab = element("button", [element("span", short(person)), element("b")], {
      type: "button", "data-tab": person.key,
    });
    this.act = {
      says: (text) => this.says(text),
      startOf,
      presses: (id, data, free) => this.presses(id, data, free),
      copies: (text) => this.copies(text),
    };
    this.wire();
    this.show(person, []);
  }

  find(selector) {
    return this.node.querySelector(selector);
  }

  wire() {
    const field = this.find("textarea");
    field.setAttribute("aria-label", `Message from ${this.person.name}`);
    this.log.setAttribute("aria-label", `Messages of ${this.person.name}`);
    this.tab.addEventListener("click", () => choose(this));
    this.find(".start").addEventListener("click", () => this.says("/start"));
    this.find(".unblock").addEventListener("click", () => this.blocks(false));
    this.find(".block").addEventListener("click", () => this.blocks(!this.person.blocked));
    this.find(".open-menu").addEventListener("click", () => this.openMenu(this.find(".menu").hidden));
    this.find(".alert button").addEventListener("click", () => this.closeAlert());
    this.find(".write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.says(field.value);
      field.value = "";
      grow(field);
    });
    field.addEventListener("input", () => grow(field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.find(".write").requestSubmit();
      }
    });
    this.find(".fault").addEventListener("submit", (event) => {
      event.preventDefault();
      this.orders(this.find("select").value);
    });
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeAll();
    });
  }

  /** Everything but the messages, as it is now. */
  show(person, faults) {
    this.person = person;
    const language = LANGUAGES[person.language] ?? person.language ?? "no language";
    this.find("h2").textContent = person.name;
    this.find(".face").textContent = short(person).slice(0, 1);
    const state = person.blocked ? "has blocked the bot" : `app in ${language}`;
    this.find(".about").textContent = state;
    this.find(".block").textContent = person.blocked ? "Unblock the bot" : "Block the bot";
    const waiting = faults.filter((order) => order.chat === person.id);
    this.find(".orders").textContent = waiting.length
      ? `Ordered: ${waiting.map((order) => order.fault.replaceAll("_", " ")).join(", ")}` : "";
    this.node.classList.toggle("faulty", waiting.length > 0);
    this.showFooter();
    this.showMenu();
    this.showWelcome();
  }

  showFooter() {
    const begun = this.messages.size > 0;
    this.find(".unblock").hidden = !this.person.blocked;
    this.find(".start").hidden = begun || this.person.blocked;
    this.find(".write").hidden = !begun || this.person.blocked;
  }

  showMenu() {
    const items = this.person.commands.map(({ command, description }) => {
      const words = [element("b", `/${command}`), element("span", description)];
      const item = element("button", words, { type: "button" });
      item.addEventListener("click", () => this.says(`/${command}`));
      return item;
    });
    this.find(".menu").replaceChildren(...items);
    this.find(".open-menu").hidden = items.length === 0;
  }

  showWelcome() {
    this.find(".welcome")?.remove();
    if (this.messages.size) return;
    const texts = bot.description ?? {};
    const text = texts[this.person.language] ?? texts[""] ?? "Nothing has been said yet.";
    const name = element("b", bot.first_name ?? "");
    this.log.append(element("div", [name, element("p", text)], { class: "welcome" }));
  }

  /** A message that is new, or a new version of one. */
  receive(message, quiet = false) {
    const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 120;
    this.said.set(message.message_id, message);
    const made = bubble(this.quotingAsItReads(message), this.person, this.act);
    const old = this.messages.get(message.message_id);
    this.messages.set(message.message_id, made);
    if (old) {
      old.replaceWith(made);
      requote(this.log, message);
    } else {
      this.log.append(made);
      if (!quiet && message.from?.id !== this.person.id) this.count(this.unread + 1);
    }
    this.showWelcome();
    this.showFooter();
    if (near || message.from?.id === this.person.id) this.log.scrollTop = this.log.scrollHeight;
  }

  /** A reply shows the other message as it is now, not as it was when it was answered. */
  quotingAsItReads(message) {
    const original = this.said.get(message.reply_to_message?.message_id);
    return original ? { ...message, reply_to_message: original } : message;
  }

  forget(messageId) {
    this.messages.get(messageId)?.remove();
    this.messages.delete(messageId);
    this.said.delete(messageId);
  }

  count(unread) {
    this.unread = this.tab.getAttribute("aria-pressed") === "true" ? 0 : unread;
    const badge = this.tab.querySelector("b");
    badge.textContent = this.unread || "";
    badge.setAttribute("aria-label", this.unread ? `${this.unread} unread` : "");
  }

  async says(text) {
    this.openMenu(false);
    if (text.trim()) await ask("say", { person: this.person.id, text: text.trim() });
  }

  async presses(messageId, data, free) {
    const { query } = await ask("press", { person: this.person.id, message_id: messageId, data });
    const early = this.waiting.get(query);
    this.waiting.set(query, free);
    if (early) this.answered({ query, ...early });
  }

  /** The bot's answer to a press; it can be here before the press itself is known. */
  answered(event) {
    const free = this.waiting.get(event.query);
    if (typeof free !== "function") {
      this.waiting.set(event.query, event);
      return;
    }
    this.waiting.delete(event.query);
    free();
    if (event.show_alert) this.alert(event.text);
    else if (event.text) this.toast(event.text);
  }

  alert(text) {
    this.find(".alert p").textContent = text;
    this.find(".alert").hidden = false;
    this.find(".alert button").focus();
  }

  closeAlert() {
    this.find(".alert").hidden = true;
    this.find("textarea").focus();
  }

  closeAll() {
    this.openMenu(false);
    this.find(".tools").open = false;
    if (!this.find(".alert").hidden) this.closeAlert();
  }

  toast(text) {
    const toast = this.find(".toast");
    toast.textContent = text;
    clearTimeout(this.toastEnds);
    this.toastEnds = setTimeout(() => { toast.textContent = ""; }, 4000);
  }

  async copies(text) {
    await navigator.clipboard.writeText(text);
    this.toast("Copied");
  }

  openMenu(open) {
    this.find(".menu").hidden = !open;
    this.find(".open-menu").setAttribute("aria-expanded", String(open));
    if (open) this.find(".menu button")?.focus();
  }

  async blocks(blocked) {
    await ask("block", { person: this.person.id, blocked });
    if (!blocked) await this.says("/start");
    this.closeAll();
  }

  async orders(fault) {
    const words = { dropped: { accepted: true }, slow: { seconds: 10 } }[fault] ?? {};
    await ask("faults", { fault, chat: this.person.id, method: "sendMessage", ...words });
  }
}

/** "Reader, English" is told from the others by its last word. */
function short(person) {
  return person.name.split(", ").at(-1);
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
}

/** What a link to the bot says when it is followed, or null for another link. */
function startOf(url) {
  const found = url.match(/^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]{0,64}))?$/i);
  if (!found || found[1].toLowerCase() !== bot.username.toLowerCase()) return null;
  return found[2] ? `/start ${found[2]}` : "/start";
}

/** On a narrow screen one chat is shown: this one. */
function choose(chosen) {
  for (const phone of phones.values()) {
    phone.node.classList.toggle("chosen", phone === chosen);
    phone.tab.setAttribute("aria-pressed", String(phone === chosen));
  }
  chosen.count(0);
  chosen.log.scrollTop = chosen.log.scrollHeight;
}

async function refresh(withMessages = false) {
  const state = await ask("state");
  bot = { ...state.bot, description: state.description };
  const status = document.querySelector(".bot");
  status.dataset.bot = bot.here ? "here" : "waiting";
  status.textContent = bot.here ? `${bot.first_name} is running` : "The bot is starting";
  for (const person of state.people) {
    if (!phones.has(person.id)) {
      const made = new Phone(person);
      phones.set(person.id, made);
      document.querySelector(".people").append(made.node);
      document.querySelector(".tabs").append(made.tab);
      if (phones.size === 1) choose(made);
    }
    const phone = phones.get(person.id);
    if (withMessages) {
      const kept = new Set(person.messages.map((message) => message.message_id));
      for (const id of phone.messages.keys()) if (!kept.has(id)) phone.forget(id);
      for (const message of person.messages) phone.receive(message, true);
    }
    phone.show(person, state.faults);
  }
}

async function happened(event) {
  const phone = phones.get(event.chat_id);
  switch (event.event) {
    case "message":
    case "edited":
      phone?.receive({ ...event.message, silent: event.silent });
      break;
    case "deleted":
      phone?.forget(event.message_id);
      break;
    case "answer":
      phone?.answered(event);
      break;
    case "action":
      phone?.toast(`${bot.first_name} is working on it`);
      break;
    default:
      await refresh(event.event === "hello");
  }
}

// One after the other, so that nothing is shown before the state it belongs to.
let last = Promise.resolve();
new EventSource("/sandbox/events").addEventListener("message", ({ data }) => {
  last = last.then(() => happened(JSON.parse(data))).catch(console.error);
});
