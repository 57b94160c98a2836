"""sent → delivered → read come by themselves, as the customer's phone allows."""

from server.channels.simulator.faults import Faults
from server.channels.simulator.journal import Journal
from server.channels.simulator.stream import Stream
from server.channels.simulator.timers import Timers
from server.channels.simulator.webhooks import values
from server.channels.simulator.webhooks.dispatch import Change, Dispatcher
from server.channels.simulator.world import Clock, Customer, Message, Number

WAITING = ("accepted", "sent", "delivered")
ORDER = {"accepted": 0, "sent": 1, "failed": 2, "delivered": 3, "read": 4, "played": 5}


class Statuses:
    def __init__(
        self,
        clock: Clock,
        timers: Timers,
        dispatcher: Dispatcher,
        stream: Stream,
        journal: Journal,
        *,
        faults: Faults,
    ) -> None:
        self._clock = clock
        self._dispatcher = dispatcher
        self._stream = stream
        self._journal = journal
        self._timers = timers
        self._faults = faults

    def begin(self, number: Number, message: Message) -> None:
        """After the acceptance. A message with a `failure` ends as failed."""
        late = self._faults.for_webhook("late_status", number.phone_number_id)
        seconds = number.settings.sent_after + (late.parameters["seconds"] if late else 0)
        if message.failure:
            self._timers.later(seconds, lambda: self.advance(number, message, "failed"))
        else:
            self._timers.later(seconds, lambda: self._sent(number, message))

    def _sent(self, number: Number, message: Message) -> None:
        if message.customer.blocks_business:
            message.lost = True
            self._journal.lost(message)
        self.advance(number, message, "sent")
        if message.customer.online and not message.lost:
            self._timers.later(number.settings.delivered_after, lambda: self._delivered(number, message))

    def _delivered(self, number: Number, message: Message) -> None:
        self.advance(number, message, "delivered")
        if message.customer.opened or number.settings.auto_read:
            self._timers.later(number.settings.read_after, lambda: self.advance(number, message, "read"))

    def comes_online(self, number: Number, customer: Customer) -> None:
        for message in self._received_by(customer):
            if message.status in ("accepted", "sent") and not message.lost:
                self._delivered(number, message)

    def reads(self, number: Number, customer: Customer) -> int:
        """Everything the phone has is read now. How many were not before."""
        unread = [m for m in self._received_by(customer) if m.status in WAITING and not m.lost]
        for message in unread:
            if message.status != "delivered":
                self.advance(number, message, "delivered")
            self.advance(number, message, "read")
        return len(unread)

    def advance(self, number: Number, message: Message, status: str) -> None:
        """Sends the status unless the message is already past it."""
        if ORDER[status] <= ORDER[message.status]:
            return
        message.status = status
        self._stream.tell(
            "status",
            {
                "phoneNumberId": number.phone_number_id,
                "customer": message.customer.key,
                "wamid": message.wamid,
                "status": status,
                "lost": message.lost,
            },
        )
        self.announce(number, message, status)

    def announce(self, number: Number, message: Message, status: str) -> None:
        """The webhook alone, whatever came before: repeated and late statuses are real too."""
        change = Change(
            number=number,
            field="messages",
            value=values.of_status(number, message, status, self._clock.now()),
            lane=message.customer.key,
            status=status,
            on_acknowledged=lambda: self._journal.acknowledged(message.wamid, status),
        )
        self._dispatcher.send(change)

    @staticmethod
    def _received_by(customer: Customer) -> list[Message]:
        return [message for message in customer.thread if message.sender == "business"]
