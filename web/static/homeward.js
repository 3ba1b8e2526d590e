// What helps where scripts run; every page works without it.
import { Button, ErrorSummary, ServiceNavigation, SkipLink, createAll } from "./govuk/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[Button, ErrorSummary, ServiceNavigation, SkipLink].forEach((part) => createAll(part));

const updates = document.querySelector("[data-updates]");
if (updates) keepCurrent(updates.dataset.updates, updates.querySelector("[data-updates-status]"));

const kinds = document.querySelectorAll("[data-kind]");
if (kinds.length) showDetailsOfKind(kinds);

// Asks for the page again when something changed, and each minute, since time changes too.
function keepCurrent(address, status) {
  let source;
  let asking = false;
  let askAgain = false;

  async function refresh() {
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      const response = await fetch(location.href);
      if (response.ok) swap(new DOMParser().parseFromString(await response.text(), "text/html"));
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
    if (status.textContent !== words) status.textContent = words;
  }

  function listen() {
    source = new EventSource(address);
    source.onopen = () => {
      say("This page updates by itself.");
      refresh();
    };
    source.addEventListener("changed", refresh);
    source.onerror = () => {
      say("Connection lost. Trying again.");
      if (source.readyState === EventSource.CLOSED) setTimeout(() => !document.hidden && listen(), 5000);
    };
  }

  // A browser keeps few connections open to one place: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => {
    source.close();
    if (!document.hidden) listen();
  });
  addEventListener("pagehide", () => source.close());
  setInterval(() => document.hidden || refresh(), 60_000);
  listen();
}

// Takes over what differs, part by part; what has the focus keeps it, or hands it to the part's heading.
function swap(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.innerHTML === part.innerHTML) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    part.replaceChildren(...now.childNodes);
    if (!focused) continue;
    const heir = document.getElementById(focused) ?? part.querySelector("h2");
    heir?.focus({ preventScroll: true });
  }
}

// Shows those details of a notification that belong to its kind.
function showDetailsOfKind(groups) {
  const choices = document.querySelectorAll('input[name="kind"]');
  function show() {
    const chosen = document.querySelector('input[name="kind"]:checked')?.value;
    groups.forEach((group) => {
      group.hidden = !group.dataset.kind.split(" ").includes(chosen);
    });
  }
  choices.forEach((choice) => choice.addEventListener("change", show));
  show();
}
