import { closeAllPhones, openPhones } from "./chats";
import { customers, loadCustomers, loadFaults, loadNumbers, numberId, numbers } from "./state";

export async function chooseNumber(id: string): Promise<void> {
  await closeAllPhones();
  numberId.value = id;
  customers.value = [];
  await loadCustomers();
  await openPhones([]);
}

/** `#number/customer,customer`; whoever just opens the page wants a number that somebody answers. */
export async function start(): Promise<void> {
  await Promise.all([loadNumbers(), loadFaults()]);
  const [wanted, people = ""] = location.hash.slice(1).split("/");
  const known =
    numbers.value.find((each) => each.phoneNumberId === wanted) ??
    numbers.value.find((each) => each.subscribed) ??
    numbers.value[0];
  if (!known) return;
  numberId.value = known.phoneNumberId;
  await loadCustomers();
  await openPhones(people.split(",").map(decodeURIComponent));
}
