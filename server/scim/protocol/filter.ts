// The filter language: its syntax tree, text to tree, tree to text. Knows the grammar, no schema and no resource.
import { FilterScanner, type Literal } from './filter-scanner.ts';
import { type AttributePath, parsePath, typedPath } from './path.ts';
import { ProtocolError } from './protocol-error.ts';

export type { Literal };

const compareOps = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;

/** @see RFC 7644 §3.4.2.2, table 3 */
export type CompareOp = (typeof compareOps)[number];

/** A filter as the client wrote it; nothing is looked up yet. @see RFC 7644 §3.4.2.2, figure 1 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly filter: Filter }
  | {
      readonly kind: 'compare';
      readonly path: AttributePath;
      readonly op: CompareOp;
      readonly value: Literal;
    }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | { readonly kind: 'valuePath'; readonly path: AttributePath; readonly filter: Filter };

/** How large a filter may be: characters, brackets within brackets, comparisons. */
export const filterLimits = { length: 8000, depth: 30, comparisons: 200 };

const operators = new Map<string, CompareOp>(compareOps.map((op) => [op, op]));

/**
 * Reads a filter. Names, operators and keywords in any letter case; blanks only where they are needed.
 * @throws ProtocolError invalidFilter, with the position and what was expected there
 */
export function parseFilter(text: string): Filter {
  if (text.length > filterLimits.length)
    throw tooLarge(`is ${text.length} characters long; at most ${filterLimits.length} are read`);
  return new FilterParser(text).parse();
}

class FilterParser {
  private readonly scanner: FilterScanner;
  private depth = 0;
  private comparisons = 0;

  constructor(text: string) {
    this.scanner = new FilterScanner(text);
  }

  parse(): Filter {
    const filter = this.or();
    if (!this.scanner.atEnd()) throw this.scanner.expected('"and", "or" or the end of the filter');
    return filter;
  }

  private or(): Filter {
    let left = this.and();
    while (this.scanner.takeWord('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): Filter {
    let left = this.term();
    while (this.scanner.takeWord('and')) left = { kind: 'and', left, right: this.term() };
    return left;
  }

  private term(): Filter {
    if (this.scanner.take('(')) return this.group(')');
    const word = this.scanner.peek();
    const path = parsePath(word);
    if (path === undefined) throw this.scanner.expected('an attribute name, "not" or "("');
    this.scanner.takeWord(word);
    // An attribute may be called "not"; only the bracket makes it the operator.
    if (word.toLowerCase() === 'not' && this.scanner.take('('))
      return { kind: 'not', filter: this.group(')') };
    if (this.scanner.take('[')) return this.valuePath(path);
    return this.expression(path);
  }

  private valuePath(path: AttributePath): Filter {
    const filter = this.group(']');
    const word = this.scanner.peek();
    if (!word.startsWith('.')) return { kind: 'valuePath', path, filter };
    // Outside the grammar, yet what Entra matches by: emails[type eq "work"].value eq "…".
    const sub = parsePath(word.slice(1));
    if (sub === undefined) throw this.scanner.expected('a sub-attribute');
    this.scanner.takeWord(word);
    return { kind: 'valuePath', path, filter: { kind: 'and', left: filter, right: this.expression(sub) } };
  }

  private group(close: ')' | ']'): Filter {
    this.depth += 1;
    if (this.depth > filterLimits.depth) throw tooLarge(`nests more than ${filterLimits.depth} brackets`);
    const filter = this.or();
    if (!this.scanner.take(close)) throw this.scanner.expected(`"and", "or" or "${close}"`);
    this.depth -= 1;
    return filter;
  }

  private expression(path: AttributePath): Filter {
    this.comparisons += 1;
    if (this.comparisons > filterLimits.comparisons)
      throw tooLarge(`holds more than ${filterLimits.comparisons} comparisons`);
    if (this.scanner.takeWord('pr')) return { kind: 'present', path };
    const word = this.scanner.peek();
    const op = operators.get(word.toLowerCase());
    if (op === undefined) throw this.scanner.expected(`an operator (pr, ${compareOps.join(', ')})`);
    this.scanner.takeWord(word);
    return { kind: 'compare', path, op, value: this.scanner.literal() };
  }
}

function tooLarge(fault: string): ProtocolError {
  return new ProtocolError(
    'invalidFilter',
    `The filter ${fault}. Split the query into several smaller ones.`,
  );
}

/** Writes a filter down so that reading it gives the same tree, with no more brackets than that takes. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'present':
      return `${typedPath(filter.path)} pr`;
    case 'compare':
      return `${typedPath(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
    case 'valuePath':
      return `${typedPath(filter.path)}[${printFilter(filter.filter)}]`;
    case 'not':
      return `not (${printFilter(filter.filter)})`;
    // Chains read from left to right and "and" binds closer: all else needs its brackets.
    case 'and':
      return `${bracketed(filter.left, ['or'])} and ${bracketed(filter.right, ['or', 'and'])}`;
    case 'or':
      return `${printFilter(filter.left)} or ${bracketed(filter.right, ['or'])}`;
  }
}

function bracketed(filter: Filter, kinds: readonly Filter['kind'][]): string {
  return kinds.includes(filter.kind) ? `(${printFilter(filter)})` : printFilter(filter);
}
