import "server-only";
import { CST, Document, isMap, isScalar, isSeq, Lexer, LineCounter, type Pair, parseDocument, type Scalar, visit } from "yaml";
import { AppError } from "@/lib/shared/app-error";

/** A path in a document: names of mappings and positions in lists. */
export type YamlPath = readonly PropertyKey[];

export type ParsedYaml = {
  value: unknown;
  /** The line on which the value at a path begins, or its nearest parent. */
  lineOf: (path: YamlPath) => number;
};

/** Text that is not plain YAML is refused with the line that is at fault. */
const refuse = (line: number, message: string) => new AppError("invalid", `Line ${line}: ${message}`);

const maxDepth = 12;
const maxIndent = 60;
const maxLines = 30_000;

const forbidden: Readonly<Record<string, string>> = {
  alias: "aliases (*name) are not allowed",
  anchor: "anchors (&name) are not allowed",
  tag: "tags (!name) are not allowed",
  "directive-line": "directives (%…) are not allowed",
};

const secondDocument = "a second document begins here";

/** The type of each token; the text of a plain or block scalar comes after a token that announces it. */
function* typedTokens(text: string): Generator<{ source: string; type: string }> {
  let isText = false;
  for (const source of new Lexer().lex(text)) {
    const type: string = isText ? "text" : (CST.tokenType(source) ?? "text");
    isText = type === "scalar";
    yield { source, type };
  }
}

const nesting: Readonly<Record<string, number>> = { "flow-map-start": 1, "flow-seq-start": 1, "flow-map-end": -1, "flow-seq-end": -1 };
const blockIndicators = ["seq-item-ind", "explicit-key-ind", "map-value-ind"];

/** Looks at the tokens before anything is built of them, because building recurses and aliases multiply. */
function checkTokens(text: string) {
  let [line, indicators, depth, documents, isLineStart] = [1, 0, 0, 0, true];
  for (const { source, type } of typedTokens(text)) {
    const message = forbidden[type];
    if (message) throw refuse(line, message);
    if (type === "doc-start") documents += 1;
    if (documents > 1) throw refuse(line, secondDocument);
    depth += nesting[type] ?? 0;
    if (depth === 0 && blockIndicators.includes(type)) indicators += 1;
    const isIndented = type === "space" && isLineStart && source.length > maxIndent;
    if (indicators > maxDepth || depth > maxDepth || isIndented) throw refuse(line, "this is nested too deeply");
    const breaks = source.split("\n").length - 1;
    isLineStart = breaks > 0;
    if (breaks > 0) [line, indicators] = [line + breaks, 0];
    if (line > maxLines) throw refuse(line, "a document has at most 30,000 lines");
  }
}

const keyOf = (path: YamlPath) => JSON.stringify(path);

/** The plain values of a document, with the line of each. */
class Reader {
  readonly lines = new Map<string, number>();

  constructor(private readonly counter: LineCounter) {}

  read(node: unknown, path: YamlPath, line: number): unknown {
    const here = this.lineOf(node) ?? line;
    this.lines.set(keyOf(path), path.length === 0 ? 1 : line);
    if (node === null || node === undefined) return null;
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, at) => this.read(item, [...path, at], this.lineOf(item) ?? here));
    if (isMap(node)) return Object.fromEntries(this.entries(node.items, path, here));
    throw refuse(here, "this can’t be read");
  }

  private entries(pairs: readonly Pair[], path: YamlPath, line: number): [string, unknown][] {
    const names = new Set<string>();
    return pairs.map(({ key, value }) => {
      const at = this.lineOf(key) ?? line;
      const name = isScalar(key) && typeof key.value === "string" ? key.value : undefined;
      if (name === undefined || name === "__proto__") throw refuse(at, "a name is expected here");
      if (names.has(name)) throw refuse(at, `“${name.slice(0, 60)}” stands here twice`);
      names.add(name);
      return [name, this.read(value, [...path, name], at)];
    });
  }

  private lineOf(node: unknown): number | undefined {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    return range ? this.counter.linePos(range[0] ?? 0).line : undefined;
  }
}

/** Reads one plain YAML document: mappings, lists, texts, numbers and booleans, without aliases, anchors, tags or directives. */
export function parseYaml(text: string): ParsedYaml {
  checkTokens(text);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, stringKeys: true, prettyErrors: false, logLevel: "error", version: "1.2", schema: "core", resolveKnownTags: false });
  const [problem] = [...document.errors, ...document.warnings].toSorted((one, other) => one.pos[0] - other.pos[0]);
  if (problem) throw refuse(lineCounter.linePos(problem.pos[0]).line, problem.code === "MULTIPLE_DOCS" ? secondDocument : inSentence(problem.message));
  const reader = new Reader(lineCounter);
  const value = reader.read(document.contents, [], 1);
  return { value, lineOf: (path) => lineAt(reader.lines, path) };
}

const inSentence = (message: string) => `${message.charAt(0).toLowerCase()}${message.slice(1).split("\n")[0]?.slice(0, 200)}`;

function lineAt(lines: ReadonlyMap<string, number>, path: YamlPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(keyOf(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}

/** Writes plain values as YAML in their order; texts that older readers take for something else are quoted. */
export function formatYaml(value: unknown, comment: string): string {
  const document = new Document(value, { aliasDuplicateObjects: false, version: "1.2", schema: "core", compat: "yaml-1.1" });
  document.commentBefore = ` ${comment}`;
  visit(document, { Scalar: (_key, scalar) => quoteIndentedText(scalar) });
  return document.toString({ lineWidth: 0, blockQuote: "literal", indentSeq: true });
}

// A block keeps no text whose lines begin with spaces or are empty at its start.
function quoteIndentedText(scalar: Scalar) {
  if (typeof scalar.value === "string" && /(?:^|\n)\s/.test(scalar.value)) scalar.type = "QUOTE_DOUBLE";
}
