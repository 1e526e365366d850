// A message's text with its entities, as nodes. Nothing is ever read as HTML.
// Offsets and lengths are UTF-16 units, which is how JavaScript counts as well.

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};

export function element(tag, content = "", attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...[content].flat());
  return made;
}

/** Nodes for `text`; `act` is told of commands and links that are pressed. */
export function formatted(text, entities = [], language, act) {
  return between(text, [...entities], 0, text.length, language, act);
}

function between(text, entities, begin, end, language, act) {
  const nodes = [];
  let at = begin;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const words = text.slice(entity.offset, stop);
    const inner = between(text, entities, entity.offset, stop, language, act);
    nodes.push(dressed(entity, words, inner, language, act));
    at = stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function dressed(entity, words, inner, language, act) {
  if (TAGS[entity.type]) return element(TAGS[entity.type], inner);
  switch (entity.type) {
    case "url": return link(words, inner, act);
    case "text_link": return link(entity.url, inner, act);
    case "bot_command": return pressable("command", inner, () => act.says(words));
    case "spoiler": return revealed("spoiler", inner);
    case "expandable_blockquote": return folded(inner);
    case "date_time": return moment(entity, words, language);
    default: return element("span", inner);
  }
}

/** A link to the bot itself starts it; any other opens in a new tab, and only when pressed. */
export function link(url, inner, act) {
  const start = act.startOf(url);
  if (start !== null) return pressable("command", inner, () => act.says(start));
  if (!/^https?:\/\//i.test(url)) return element("span", inner);
  return element("a", inner, { href: url, target: "_blank", rel: "noopener noreferrer" });
}

function pressable(kind, inner, press) {
  const button = element("button", inner, { type: "button", class: kind });
  button.addEventListener("click", press);
  return button;
}

function revealed(kind, inner) {
  const button = pressable(kind, inner, () => button.classList.add("open"));
  button.setAttribute("aria-label", "Hidden text. Press to show.");
  button.addEventListener("click", () => button.removeAttribute("aria-label"));
  return button;
}

function folded(inner) {
  const quote = element("blockquote", inner, { class: "folded" });
  const more = pressable("more", "Show all", () => {
    quote.classList.toggle("folded");
    more.textContent = quote.classList.contains("folded") ? "Show all" : "Show less";
  });
  return element("div", [quote, more]);
}

function moment(entity, words, language) {
  const format = entity.date_time_format || "";
  const date = new Date(entity.unix_time * 1000);
  const made = element("time", words, { datetime: date.toISOString() });
  if (/[tTdDwW]/.test(format)) {
    made.textContent = new Intl.DateTimeFormat(language, {
      weekday: /w/i.test(format) ? "long" : undefined,
      dateStyle: undefined,
      ...(/D/.test(format) ? { day: "numeric", month: "long", year: "numeric" } : {}),
      ...(/d/.test(format) ? { day: "numeric", month: "numeric", year: "2-digit" } : {}),
      ...(/T/.test(format) ? { hour: "2-digit", minute: "2-digit", second: "2-digit" } : {}),
      ...(/t/.test(format) ? { hour: "2-digit", minute: "2-digit" } : {}),
    }).format(date);
  }
  return made;
}
