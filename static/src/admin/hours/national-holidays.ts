const FIXED: readonly [monthAndDay: string, name: string][] = [
  ["01-01", "Confraternização Universal"],
  ["04-21", "Tiradentes"],
  ["05-01", "Dia do Trabalho"],
  ["09-07", "Independência do Brasil"],
  ["10-12", "Nossa Senhora Aparecida"],
  ["11-02", "Finados"],
  ["11-15", "Proclamação da República"],
  ["11-20", "Dia da Consciência Negra"],
  ["12-25", "Natal"],
];

const DAY = 24 * 60 * 60 * 1000;

/** Easter Sunday by the Gregorian calendar (Meeus, "Astronomical Algorithms", chapter 8). */
export function easter(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return new Date(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1));
}

/** Brazil's national holidays (Leis 662/1949, 6.802/1980 and 14.759/2023) and Good Friday, as "2027-03-26". */
export function nationalHolidays(year: number): { date: string; name: string }[] {
  const goodFriday = new Date(easter(year).getTime() - 2 * DAY).toISOString().slice(0, 10);
  const fixed = FIXED.map(([monthAndDay, name]) => ({ date: `${year}-${monthAndDay}`, name }));
  return [...fixed, { date: goodFriday, name: "Sexta-feira Santa" }].sort((one, other) =>
    one.date.localeCompare(other.date),
  );
}
