import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { readMe } from "./account/account";
import { SignIn } from "./account/SignIn";
import { SignUp } from "./account/SignUp";
import { AlarmBanner } from "./alarms/AlarmBanner";
import { dressConsole } from "./branding/branding";
import { Header } from "./header/Header";
import { Inbox } from "./inbox/Inbox";
import { KeyList } from "./keys/KeyList";
import { keepFocus } from "./keys/keepFocus";
import { listenForKeys } from "./keys/listen";
import { Palette } from "./keys/Palette";
import { listenForAlerts } from "./live/alerts";
import { announcement } from "./live/announcements";
import { goLive } from "./live/live";
import { showUnreadInTitle } from "./live/unreadBadge";
import { type Route, route } from "./route";
import { session } from "./session";
import { keepUnsent } from "./thread/resending";
import { later } from "./ui/later";
import { Notices } from "./ui/Notices";
import { speakAsHouse } from "./words/house";

function Console() {
  useEffect(goLive, []);
  useEffect(() => void readMe().catch(() => undefined), []);
  useEffect(listenForKeys, []);
  useEffect(showUnreadInTitle, []);
  useEffect(listenForAlerts, []);
  useEffect(keepUnsent, []);
  useEffect(dressConsole, []);
  useEffect(speakAsHouse, []);
  return (
    <div class="console">
      <Header />
      <AlarmBanner />
      <Page />
      <KeyList />
      <Palette />
      <p class="visually-hidden" aria-live="polite">
        {announcement.value}
      </p>
    </div>
  );
}

const pages: Partial<Record<Route["name"], ComponentType>> = {
  admin: later(() => import("./admin/Settings").then(({ Settings }) => Settings)),
  board: later(() => import("./board/Board").then(({ Board }) => Board)),
  reports: later(() => import("./reports/Reports").then(({ Reports }) => Reports)),
  behind: later(() => import("./reports/BehindFigure").then(({ BehindFigure }) => BehindFigure)),
};

function Page() {
  const Chosen = pages[route.value.name] ?? Inbox;
  return <Chosen />;
}

function Door() {
  return route.value.name === "signUp" ? <SignUp /> : <SignIn />;
}

export function App() {
  useEffect(keepFocus, []);
  return (
    <>
      {session.value ? <Console /> : <Door />}
      <Notices />
    </>
  );
}
