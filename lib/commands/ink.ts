/** Writes styled text; without colour the text itself. */
export interface Ink {
  dim(text: string): string;
  bold(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** Makes ink that has colour only where it is wanted. */
export function createInk(hasColour: boolean): Ink {
  const style = (code: number) => (text: string) =>
    hasColour ? `\x1b[${code}m${text}\x1b[0m` : text;
  return {
    dim: style(2),
    bold: style(1),
    red: style(31),
    green: style(32),
    yellow: style(33),
    cyan: style(36),
  };
}
