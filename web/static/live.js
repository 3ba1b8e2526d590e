// A page with [data-updates] asks for itself again when something changed, and takes over its [data-live] parts that differ.
import { sortable, sortedAlike } from "./sorting.js";

const EVERY_MS = 60_000;
const AGAIN_MS = 5000;
const SIGN_IN = "/sign-in";

// Asks again when something changed, and each minute, since time changes too; `status` says how that goes.
export function keepCurrent(address, status) {
  let source;
  let asking = false;
  let askAgain = false;
  let stopped = false;
  const shown = new WeakMap([...document.querySelectorAll("[data-live]")].map((part) => [part, part.innerHTML]));

  async function refresh() {
    if (stopped) return;
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      const response = await fetch(location.href, { headers: { "Homeward-Background": "refresh" } });
      if (isSignedOut(response)) stop();
      else if (response.ok) swap(new DOMParser().parseFromString(await response.text(), "text/html"), shown);
    } catch {
      say("Connection lost. Trying again.");
    }
    asking = false;
    if (askAgain) {
      askAgain = false;
      refresh();
    }
  }

  function say(words) {
    if (status && !stopped && status.textContent !== words) status.textContent = words;
  }

  function listen() {
    if (stopped) return;
    source = new EventSource(address);
    source.onopen = () => {
      say("This page updates by itself.");
      refresh();
    };
    source.addEventListener("changed", refresh);
    source.onerror = () => {
      say("Connection lost. Trying again.");
      if (source.readyState !== EventSource.CLOSED) return;
      refresh(); // it cannot tell why it was refused; the page can
      setTimeout(() => !document.hidden && listen(), AGAIN_MS);
    };
  }

  function stop() {
    say("You were signed out. Sign in again.");
    stopped = true;
    source.close();
  }

  // A browser keeps few connections open to one place: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => {
    source.close();
    if (!document.hidden) listen();
  });
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  setInterval(() => document.hidden || refresh(), EVERY_MS);
  listen();
}

function isSignedOut(response) {
  return response.status === 401 || (response.redirected && new URL(response.url).pathname.startsWith(SIGN_IN));
}

// Takes over what differs, part by part. What somebody types in stays as it is, and nothing moves under their eyes.
function swap(fresh, shown) {
  const fixed = inView();
  const before = fixed?.getBoundingClientRect().top;
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.innerHTML === shown.get(part) || isBeingTypedIn(part)) continue;
    shown.set(part, now.innerHTML);
    replace(part, now);
  }
  if (fixed?.isConnected) scrollBy({ top: fixed.getBoundingClientRect().top - before, behavior: "instant" });
}

// What has the focus keeps it, or hands it to the part's heading; what was opened stays open.
function replace(part, now) {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...part.querySelectorAll("details")].map((one) => one.open);
  sortedAlike(part, now);
  now.querySelectorAll("details").forEach((one, at) => {
    if (at in open) one.open = open[at];
  });
  part.replaceChildren(...now.childNodes);
  sortable(part);
  if (!focused) return;
  const heir = document.getElementById(focused) ?? part.querySelector("h2");
  heir?.focus({ preventScroll: true });
}

function isBeingTypedIn(part) {
  const fields = [...part.querySelectorAll("input, textarea, select")];
  return fields.some((field) => field === document.activeElement || isChanged(field));
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected) && !isUntouched(field);
  return field.value !== field.defaultValue;
}

// A list in which no option is chosen by the page shows its first.
function isUntouched(list) {
  return list.selectedIndex <= 0 && ![...list.options].some((one) => one.defaultSelected);
}

// The first part that is at least partly in view: it stays where it is.
function inView() {
  return [...document.querySelectorAll("[data-live]")].find((part) => part.getBoundingClientRect().bottom > 0);
}
