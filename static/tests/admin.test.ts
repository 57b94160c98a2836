import { describe, expect, it } from "vitest";
import { between, isSomething, targetText, valueText } from "../src/admin/audit/reading";
import { easter, nationalHolidays } from "../src/admin/hours/national-holidays";
import {
  copied,
  hasProblem,
  hoursOpen,
  minutesOf,
  nextPeriod,
  PRESETS,
  placeOf,
  problemOf,
  WORKDAYS,
} from "../src/admin/hours/week";
import { groupsOfMine, pageOf } from "../src/admin/pages";
import { stepsOf } from "../src/admin/setup";
import { newPassword } from "../src/admin/users/password";
import type { AuditEntry } from "../src/admin/wire";
import { parseRoute } from "../src/route";
import { keepSession } from "../src/session";
import type { TenantDetails } from "../src/tenant";
import type { Permission, Role } from "../src/wire";

const period = (opens: string, closes: string) => ({ opens, closes });

// As tenants/permissions.py has them, as far as the settings ask.
const OF_SUPERVISORS: Permission[] = ["catalog.edit", "agents.edit", "reports.read"];
const PERMISSIONS: Record<Role, Permission[]> = {
  VIEWER: [],
  AGENT: [],
  SUPERVISOR: OF_SUPERVISORS,
  ADMIN: [...OF_SUPERVISORS, "users.edit", "channels.edit", "tenant.edit", "alarms.read", "audit.read"],
};

function signedInAs(role: Role) {
  const person = { id: "u", email: "a@hotel.com", name: "Ana", role, permissions: PERMISSIONS[role] };
  const user = { ...person, status: "ACTIVE" as const, avatarUrl: null, tenantId: "h" };
  const tenant = { id: "h", slug: "hotel", name: "Hotel" };
  keepSession({ user, token: "t", accessToken: "t", refreshToken: "r", tenant });
}

const pagesOf = (role: Role) => {
  signedInAs(role);
  return groupsOfMine().flatMap(({ pages }) => pages.map(({ name }) => name));
};

describe("a day", () => {
  it("is a line from midnight to midnight", () => {
    expect(minutesOf("24:00")).toBe(1440);
    expect(placeOf(period("06:00", "12:00"))).toEqual({ left: 25, width: 25 });
    expect(placeOf(period("18:00", "08:00")).width).toBe(0);
  });

  it.each([
    [[], null],
    [[period("08:00", "12:00"), period("12:00", "18:00")], null],
    [[period("13:00", "18:00"), period("08:00", "12:00")], null],
    [[period("00:00", "24:00")], null],
    [[period("18:00", "08:00")], "order"],
    [[period("08:00", "08:00")], "order"],
    [[period("08:00", "12:01"), period("12:00", "18:00")], "overlap"],
  ])("%j has the problem %s", (periods, problem) => {
    expect(problemOf(periods)).toBe(problem);
  });

  it("offers the afternoon to who has a morning, and never more than the day has", () => {
    expect(nextPeriod([])).toEqual(period("08:00", "18:00"));
    expect(nextPeriod([period("08:00", "12:00")])).toEqual(period("13:00", "17:00"));
    expect(nextPeriod([period("08:00", "23:30")])).toEqual(period("23:00", "24:00"));
  });
});

describe("a week", () => {
  it("counts its hours", () => {
    expect(hoursOpen(PRESETS.lunch)).toBe(45);
    expect(hoursOpen(PRESETS.always)).toBe(168);
    expect(hoursOpen({})).toBe(0);
  });

  it("copies a day without sharing it", () => {
    const weekly = copied({ MONDAY: [period("09:00", "10:00")] }, "MONDAY", WORKDAYS);
    expect(Object.keys(weekly)).toEqual([...WORKDAYS]);
    expect(weekly.FRIDAY).toEqual(weekly.MONDAY);
    expect(weekly.FRIDAY?.[0]).not.toBe(weekly.MONDAY?.[0]);
  });

  it("has a problem when a holiday has one", () => {
    const holiday = { date: "2026-12-31", name: "", periods: [period("10:00", "09:00")] };
    expect(hasProblem({ weekly: PRESETS.office, holidays: [] })).toBe(false);
    expect(hasProblem({ weekly: PRESETS.office, holidays: [holiday] })).toBe(true);
  });
});

describe("the holidays of Brazil", () => {
  it.each([
    [2000, "2000-04-23"],
    [2008, "2008-03-23"],
    [2026, "2026-04-05"],
    [2038, "2038-04-25"],
  ])("know when Easter is in %i", (year, day) => {
    expect(easter(year).toISOString().slice(0, 10)).toBe(day);
  });

  it("come in order, with Good Friday among them", () => {
    const dates = nationalHolidays(2027).map(({ date }) => date);
    expect(dates).toHaveLength(10);
    expect(dates).toEqual([...dates].sort());
    expect(dates).toContain("2027-03-26");
  });
});

describe("the first steps", () => {
  const settings = { hours: null } as TenantDetails["settings"];
  const nothing = {
    channels: [],
    members: [{ status: "ACTIVE" as const }],
    tenant: { settings },
    cannedResponses: [],
  };

  it("are all to be done in a house where only its admin lives", () => {
    expect(stepsOf(nothing).map(({ isDone }) => isDone)).toEqual([false, false, false, false]);
  });

  it("count what works: a connected number, an active colleague, any hours, any response", () => {
    const hours = { weekly: {}, holidays: [] };
    const all = stepsOf({
      channels: [{ status: "PENDING" }, { status: "CONNECTED" }],
      members: [{ status: "ACTIVE" }, { status: "ACTIVE" }],
      tenant: { settings: { ...settings, hours } },
      cannedResponses: [
        { id: "1", shortcut: "oi", title: null, content: "Olá", createdAt: "", updatedAt: "" },
      ],
    });
    expect(all.every(({ isDone }) => isDone)).toBe(true);
    const gone = stepsOf({ ...nothing, members: [{ status: "ACTIVE" }, { status: "INACTIVE" }] });
    expect(gone.find(({ name }) => name === "people")?.isDone).toBe(false);
  });
});

describe("who sees which settings", () => {
  it("shows each role what it may change", () => {
    expect(pagesOf("ADMIN")).toHaveLength(16);
    expect(pagesOf("SUPERVISOR")).toEqual(["pessoas", "equipes", "respostas", "modelos", "etiquetas"]);
    expect(pagesOf("AGENT")).toEqual([]);
    expect(pagesOf("VIEWER")).toEqual([]);
  });

  it("opens the first one for an address that is not for this person", () => {
    signedInAs("SUPERVISOR");
    expect(pageOf("auditoria")?.name).toBe("pessoas");
    expect(pageOf(null)?.name).toBe("pessoas");
    signedInAs("AGENT");
    expect(pageOf("pessoas")).toBeUndefined();
  });

  it("reads addresses, the old one of the numbers too", () => {
    expect(parseRoute("#/ajustes/horarios")).toEqual({ name: "admin", page: "horarios" });
    expect(parseRoute("#/ajustes")).toEqual({ name: "admin", page: null });
    expect(parseRoute("#/canais")).toEqual({ name: "admin", page: "canais" });
  });
});

describe("a new password", () => {
  it("can be dictated, and is another each time", () => {
    const made = Array.from({ length: 50 }, newPassword);
    for (const password of made) expect(password).toMatch(/^([a-km-np-z2-9]{4}-){2}[a-km-np-z2-9]{4}$/);
    expect(new Set(made).size).toBe(50);
  });
});

describe("the audit log", () => {
  it("says values as people do", () => {
    expect([null, "", [], true, 5, { capacity: 3 }].map(valueText)).toEqual([
      "vazio",
      "vazio",
      "vazio",
      "sim",
      "5",
      '{"capacity":3}',
    ]);
    expect([false, 0, "x"].every(isSomething)).toBe(true);
  });

  it("does not name twice who did it to himself", () => {
    const entry = {
      actor: { id: "u", name: "Ana", kind: "USER" },
      target: { noun: "users", id: "u", name: "Ana" },
    } as AuditEntry;
    expect(targetText(entry)).toBe("");
    expect(targetText({ ...entry, target: { ...entry.target, id: "v", name: "Rui" } })).toBe("Rui");
  });

  it("takes the last day whole", () => {
    const { from, to } = between("2026-11-20", "2026-11-20");
    expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(24 * 60 * 60 * 1000);
    expect(between("", "")).toEqual({ from: undefined, to: undefined });
  });
});
