const usInMs = 1000;
const msInSecond = 1000;
const precision = 3;
const secondsInMinute = 60;
const minutesInHour = 60;
const hoursInDay = 24;

/** Microseconds, in the unit that reads best. */
export function shortTime(us: number): string {
  if (us < usInMs) return `${us} µs`;
  const ms = us / usInMs;
  return ms < msInSecond ? `${short(ms)} ms` : `${short(ms / msInSecond)} s`;
}

/** Milliseconds, in the two units that read best. */
export function longTime(ms: number): string {
  const seconds = Math.floor(ms / msInSecond);
  if (seconds < secondsInMinute) return `${seconds} s`;
  const minutes = Math.floor(seconds / secondsInMinute);
  if (minutes < minutesInHour) return `${minutes} min ${seconds % secondsInMinute} s`;
  const hours = Math.floor(minutes / minutesInHour);
  if (hours < hoursInDay) return `${hours} h ${minutes % minutesInHour} min`;
  return `${Math.floor(hours / hoursInDay)} d ${hours % hoursInDay} h`;
}

/** A name in camel case as words. */
export function asWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function short(number: number): string {
  return String(Number(number.toPrecision(precision)));
}
