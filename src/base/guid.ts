/** 32 hexadecimal digits in five groups, as Appcircle writes them. The length settles most cases, and faster. */
export function isGuid(text: string): boolean {
  return text.length === 36 && /^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/.test(text);
}
