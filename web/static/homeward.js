// What helps where scripts run; every page works without it.
import { Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink, createAll } from "./govuk/govuk-frontend.min.js";
import { keepCurrent } from "./live.js";
import { sortable } from "./sorting.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink].forEach((part) => createAll(part));
sortable(document);

const updates = document.querySelector("[data-updates]");
const status = updates?.querySelector("[data-updates-status]");
// What came of a form stands as it is: asking again would lose it.
if (updates && !("posted" in document.body.dataset)) keepCurrent(updates.dataset.updates, status);
else if (status) status.textContent = "This page does not update while it shows what came of your form.";

const kinds = document.querySelectorAll("[data-kind]");
if (kinds.length) showDetailsOfKind(kinds);

// A button that prints; hidden where no script could.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// What is marked in a long text is in sight at once, and the page stays where it is.
for (const mark of document.querySelectorAll("pre mark")) {
  const text = mark.closest("pre");
  text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
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
