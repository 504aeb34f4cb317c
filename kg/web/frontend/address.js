// The view kept in the address, so that a link shows what its sender saw.

export function read(data) {
  const given = new URLSearchParams(location.search);
  const list = (name, all) => {
    const text = given.get(name);
    return new Set(text === null ? all : text.split(",").filter((one) => all.includes(one)));
  };
  const number = (name) => {
    const text = given.get(name);
    return text !== null && text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  };
  const camera = (given.get("view") ?? "").split(",").map(Number);
  return {
    focus: given.get("focus"),
    steps: Math.min(Math.max(number("steps") ?? 1, 1), 6),
    kinds: list("kinds", data.kinds.map((kind) => kind[0])),
    modalities: list("told", data.modalities),
    amount: number("amount") ?? 0,
    year: number("year"),
    selected: given.get("on"),
    camera: camera.length === 3 && camera.every(Number.isFinite) ? camera : null,
  };
}

export function write(state, data, camera) {
  const said = new URLSearchParams();
  if (state.focus) said.set("focus", state.focus);
  if (state.focus && state.steps > 1) said.set("steps", state.steps);
  if (state.kinds.size < data.kinds.length) said.set("kinds", [...state.kinds].join(","));
  if (state.modalities.size < data.modalities.length) said.set("told", [...state.modalities].join(","));
  if (state.amount) said.set("amount", state.amount);
  if (state.year !== null) said.set("year", state.year);
  if (state.selected) said.set("on", state.selected);
  const { x, y, ratio } = camera;
  if (Math.abs(x - 0.5) + Math.abs(y - 0.5) + Math.abs(ratio - 1) > 0.01) {
    said.set("view", [x, y, ratio].map((one) => one.toFixed(3)).join(","));
  }
  const text = said.toString();
  history.replaceState(null, "", text ? `?${text}` : location.pathname);
}
