import { afterNode, firstPart, OP } from './program.ts';
import { NONE, type Signals } from './signals.ts';

/** No article satisfies a rule without the signals of one of its routes: one, and where there is one, another. */
export interface Route {
  signal: number;
  guard: number;
}

export interface Routes {
  routes: Route[];
  /** The share of articles that take one of them, at most. */
  frequency: number;
}

/** Words are rarer than properties: what is common is the language and the country. */
const PROPERTY_FREQUENCY = 0.9;

/** The rarest routes to the program, or null when an article may satisfy it without any signal. */
export function routesTo(code: Int32Array, at: number, signals: Signals): Routes | null {
  const signal = code[at + 1] as number;
  switch (code[at]) {
    case OP.SIGNAL:
      return { routes: [{ signal, guard: NONE }], frequency: signals.frequency(signal) };
    case OP.PROPERTY:
      return { routes: [{ signal, guard: NONE }], frequency: PROPERTY_FREQUENCY };
    case OP.TERM:
      return routesToTerm(code, at, signals);
    case OP.ANY:
      return union(partsOf(code, at).map((part) => routesTo(code, part, signals)));
    case OP.ALL:
    case OP.NEAR:
      return rarest(code, at, signals);
    case OP.GUARDED:
      return routesTo(code, firstPart(code, at), signals);
    default:
      return null;
  }
}

function partsOf(code: Int32Array, at: number): number[] {
  const parts: number[] = [];
  const end = afterNode(code, at);
  for (let part = firstPart(code, at); part < end; part = afterNode(code, part)) parts.push(part);
  return parts;
}

function routesToTerm(code: Int32Array, at: number, signals: Signals): Routes {
  const routes: Routes = { routes: [], frequency: 0 };
  const end = afterNode(code, at);
  for (let spelling = at + 3; spelling < end; ) {
    const next = spelling + 1 + (code[spelling] as number);
    const words = [...new Set(code.subarray(spelling + 1, next))];
    words.sort((a, b) => signals.frequency(a) - signals.frequency(b));
    const [signal = NONE, guard = NONE] = words;
    routes.routes.push({ signal, guard });
    routes.frequency += signals.frequency(signal);
    spelling = next;
  }
  return routes;
}

function union(choices: (Routes | null)[]): Routes | null {
  const known = choices.filter((choice) => choice !== null);
  if (known.length < choices.length) return null;
  return {
    routes: known.flatMap((choice) => choice.routes),
    frequency: known.reduce((sum, choice) => sum + choice.frequency, 0),
  };
}

/** The rarest part leads there; the rarest other part that is a single word guards the way. */
function rarest(code: Int32Array, at: number, signals: Signals): Routes | null {
  const required = partsOf(code, at)
    .map((part) => ({ part, routes: routesTo(code, part, signals) }))
    .sort((a, b) => (a.routes?.frequency ?? 2) - (b.routes?.frequency ?? 2));
  const [best, ...others] = required;
  if (best === undefined || best.routes === null) return null;
  const second = others.find(({ part }) => code[part] === OP.SIGNAL);
  const guard = second === undefined ? NONE : (code[second.part + 1] as number);
  const routes = best.routes.routes.map((route) => (route.guard === NONE ? { ...route, guard } : route));
  return { routes, frequency: best.routes.frequency };
}
