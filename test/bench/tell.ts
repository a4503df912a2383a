/** One figure as a line of JSON on stdout, rounded to two decimals. */
export function tell(bench: string, measure: string, value: number): void {
  process.stdout.write(`${JSON.stringify({ bench, measure, value: Math.round(100 * value) / 100 })}\n`);
}
