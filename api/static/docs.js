// Shows /openapi.json; builds elements, never markup from text.
const METHODS = ["get", "post", "put", "patch", "delete"];

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const row = (cell, ...texts) => element("tr", {}, ...texts.map((text) => element(cell, {}, text)));
const table = (head, rows) => element("table", {}, row("th", ...head), ...rows.map((texts) => row("td", ...texts)));

const resolved = (described, node) =>
  node?.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], described) : node;

const schemas = (described, content) =>
  Object.entries(content ?? {}).flatMap(([type, { schema }]) => {
    const name = schema?.$ref?.split("/").pop() ?? "";
    return [
      element("p", {}, `${type} ${name}`),
      element("pre", {}, JSON.stringify(resolved(described, schema) ?? {}, null, 2)),
    ];
  });

const way = (described, path, method, operation) => {
  const roles = operation["x-roles"]?.join(", ") ?? "everybody";
  const parts = [element("p", {}, operation.description ?? ""), element("p", {}, `Open to: ${roles}`)];
  if (operation.parameters?.length) {
    const rows = operation.parameters.map((one) => [one.name, one.in, one.required ? "required" : "", one.description ?? ""]);
    parts.push(element("h3", {}, "Parameters"), table(["name", "in", "", ""], rows));
  }
  if (operation.requestBody) {
    parts.push(element("h3", {}, "Body"), ...schemas(described, operation.requestBody.content));
  }
  parts.push(element("h3", {}, "Answers"));
  for (const [status, answer] of Object.entries(operation.responses)) {
    const found = resolved(described, answer);
    const good = status.startsWith("2");
    parts.push(element("p", {}, `${status} ${found.description}`), ...(good ? schemas(described, found.content) : []));
  }
  const summary = element("summary", {},
    element("code", { class: "method" }, method.toUpperCase()), element("code", {}, path), ` – ${operation.summary}`);
  const made = element("details", { id: operation.operationId ?? "" }, summary, element("div", {}, ...parts));
  made.dataset.words = `${method} ${path} ${operation.summary}`.toLowerCase();
  return made;
};

const problems = (described) => {
  const told = Object.entries(described.info["x-problems"]).map(([code, { status, cause, fix }]) =>
    element("div", { id: code }, element("h3", {}, element("code", {}, code), ` – ${status}`), element("p", {}, cause), element("p", {}, fix)));
  return element("section", {}, element("h2", {}, "Problems"), ...told);
};

const show = (described) => {
  document.getElementById("version").textContent = described.info.version;
  const groups = new Map();
  for (const [path, item] of Object.entries(described.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const tag = item[method].tags?.[0] ?? "Other";
      groups.set(tag, [...(groups.get(tag) ?? []), way(described, path, method, item[method])]);
    }
  }
  const sections = [...groups].map(([tag, ways]) => element("section", {}, element("h2", {}, tag), ...ways));
  document.getElementById("ways").replaceChildren(...sections, problems(described));
};

document.getElementById("filter").addEventListener("input", ({ target }) => {
  for (const one of document.querySelectorAll("details")) one.hidden = !one.dataset.words.includes(target.value.toLowerCase());
});

const answer = await fetch("/openapi.json");
show(await answer.json());
const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (wanted) {
  wanted.open = true;
  wanted.scrollIntoView();
}
