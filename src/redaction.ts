/** A stretch of a text that must not be shown, its end not included. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** Shorter text stands in ordinary words too, once blanks and capitals are overlooked. */
const SHORTEST_LOOSE = 6;

/** The text with `***` for each stretch where one of the forms stands, letter by letter. Stretches that touch become one. */
export function redactExactly(text: string, forms: readonly string[]): string {
  return cover(
    text,
    forms.flatMap((form) => occurrences(text, form)),
  );
}

/** Likewise, and also where blanks or invisible characters break a form up or its capitals were lost, as in a host name. */
export function redactLoosely(text: string, forms: readonly string[]): string {
  if (forms.length === 0) return text;
  const { squeezed, positions } = squeeze(text);
  const loose = new Set(forms.map((form) => squeeze(form).squeezed).filter((form) => form.length >= SHORTEST_LOOSE));
  return cover(text, [
    ...forms.flatMap((form) => occurrences(text, form)),
    ...[...loose]
      .flatMap((form) => occurrences(squeezed, form))
      .map(({ start, end }) => ({ start: positions[start] ?? 0, end: (positions[end - 1] ?? 0) + 1 })),
  ]);
}

/** Every stretch that a form covers; where it overlaps itself, the stretches are one. */
function occurrences(text: string, form: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const last = found.at(-1);
    const touches = last !== undefined && at <= last.end;
    if (touches) found.pop();
    found.push({ start: touches ? last.start : at, end: at + form.length });
  }
  return found;
}

function cover(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  let covered = '';
  let done = 0;
  let open = false;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (!open || start > done) covered += `${text.slice(done, start)}***`;
    open = true;
    done = Math.max(done, end);
  }
  return covered + text.slice(done);
}

/** The text without separators and capitals, and where in the text each of its characters stands. */
function squeeze(text: string): { squeezed: string; positions: Uint32Array } {
  const positions = new Uint32Array(text.length);
  let length = 0;
  let done = 0;
  const keep = (end: number) => {
    while (done < end) positions[length++] = done++;
  };
  // The blank is the only one in ASCII that is printed, and looking for all the others takes Node a while to prepare.
  const separators = /^[ -~]*$/.test(text) ? / +/g : allSeparators();
  for (const { index, 0: separator } of text.matchAll(separators)) {
    keep(index);
    done += separator.length;
  }
  keep(text.length);
  // Not toLowerCase of all of it: some letters beyond ASCII become two.
  const squeezed = text.replace(separators, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return { squeezed, positions };
}

/** What a reader overlooks between two characters, or a terminal does not show: blanks, controls, sequences that set a colour. */
function allSeparators(): RegExp {
  // biome-ignore lint/complexity/useRegexLiterals: Node checks a literal when it loads the file, and this one takes it long
  return new RegExp('(?:\\u001b\\[[0-?]*[ -/]*[@-~]|[\\p{Cc}\\p{Z}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}])+', 'gu');
}
