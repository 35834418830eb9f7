const parsed = (html: string): DocumentFragment => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
};

/** Changes an element from one markup to the next: what both have in common stays, with its focus and what was typed. */
export function redraw(element: Element, last: string, next: string): void {
  const [before, after] = [parsed(last), parsed(next)];
  if (!before.isEqualNode(after)) children(element, before, after);
}

const named = (node: Element) => [node.nodeName, node.id, node.className, node.getAttribute("name"), node.getAttribute("type")].join(" ");

function isAlike(one: Node, other: Node): boolean {
  if (one instanceof Element && other instanceof Element) return named(one) === named(other);
  return one.nodeType === other.nodeType;
}

function children(element: Element, before: Node, after: Node): void {
  const [there, old] = [[...element.childNodes], [...before.childNodes]];
  if (there.length !== old.length) return element.replaceChildren(document.importNode(after, true));
  let place = 0;
  for (const node of after.childNodes) {
    const found = old.findIndex((one, at) => at >= place && isAlike(one, node));
    if (found === -1) {
      element.insertBefore(document.importNode(node, true), there[place] ?? null);
      continue;
    }
    for (; place < found; place += 1) there[place]?.remove();
    change(there[found], old[found], node);
    place = found + 1;
  }
  for (const node of there.slice(place)) node.remove();
}

function change(node: Node | undefined, before: Node | undefined, after: Node): void {
  if (!node || before?.isEqualNode(after)) return;
  if (!(node instanceof Element && before instanceof Element && after instanceof Element)) {
    node.nodeValue = after.nodeValue;
    return;
  }
  for (const name of new Set([...before.getAttributeNames(), ...after.getAttributeNames()])) {
    const value = after.getAttribute(name);
    if (value === before.getAttribute(name)) continue;
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
    if (node instanceof HTMLInputElement) settle(node, name, value);
  }
  children(node, before, after);
}

// What a person has touched no longer follows its attributes; what they are typing into is theirs.
function settle(input: HTMLInputElement, name: string, value: string | null): void {
  if (name === "checked") input.checked = value !== null;
  if (name === "value" && input !== document.activeElement) input.value = value ?? "";
}
