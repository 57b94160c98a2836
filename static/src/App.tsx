import { useEffect } from "preact/hooks";
import { readMe } from "./account/account";
import { SignIn } from "./account/SignIn";
import { SignUp } from "./account/SignUp";
import { AlarmBanner } from "./alarms/AlarmBanner";
import { Channels } from "./channels/Channels";
import { Header } from "./header/Header";
import { Inbox } from "./inbox/Inbox";
import { KeyList } from "./keys/KeyList";
import { listenForKeys } from "./keys/listen";
import { Palette } from "./keys/Palette";
import { announcement } from "./live/announcements";
import { goLive } from "./live/live";
import { showUnreadInTitle } from "./live/unreadBadge";
import { route } from "./route";
import { session } from "./session";
import { Notices } from "./ui/Notices";

function Console() {
  useEffect(goLive, []);
  useEffect(() => void readMe().catch(() => undefined), []);
  useEffect(listenForKeys, []);
  useEffect(showUnreadInTitle, []);
  return (
    <div class="console">
      <Header />
      <AlarmBanner />
      {route.value.name === "channels" ? <Channels /> : <Inbox />}
      <KeyList />
      <Palette />
      <p class="visually-hidden" aria-live="polite">
        {announcement.value}
      </p>
    </div>
  );
}

function Door() {
  return route.value.name === "signUp" ? <SignUp /> : <SignIn />;
}

export function App() {
  return (
    <>
      {session.value ? <Console /> : <Door />}
      <Notices />
    </>
  );
}
