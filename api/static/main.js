// Where the page begins: who is here, and which views there are.
import { Shell } from "./parts/shell.js";
import { AnalystView } from "./views/analyst.js";
import { CrewView } from "./views/crew.js";
import { DayView } from "./views/day.js";
import { PlanView } from "./views/plan.js";
import { SignIn } from "./views/signin.js";
import { startSession } from "./lib/session.js";
import { person } from "./lib/store.js";
import { followTheme } from "./lib/theme.js";
import { html, render } from "./lib/vendor.js";

const VIEWS = [{ key: "plan", label: "Plan", view: PlanView }, { key: "day", label: "Day", view: DayView }, { key: "analyst", label: "Figures", view: AnalystView }, { key: "crew", label: "Crew", view: CrewView }];

function Page() {
  if (person.value === undefined) return html`<p class="waiting" role="status">One moment…</p>`;
  return person.value ? html`<${Shell} views=${VIEWS} />` : html`<${SignIn} />`;
}

followTheme();
render(html`<${Page} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
startSession();
