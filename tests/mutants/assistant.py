"""Faults in what docs/assistant.md promises, each of the kind that passes a review."""

from tests.mutants.mutant import Mutant

_TESTS = "tests/desk/assistant"
_CRASHES = ("tests/model/test_answering.py", "--crash-points=all")

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        name="whoever-has-the-document-is-the-customer",
        file="server/desk/assistant/identification.py",
        before="    if customer and _has_phone(customer, x.phone):\n",
        after="    if customer:\n",
        breaks="a neighbour who knows the document reads the customer's records",
        invariant="A1",
        killers=(f"{_TESTS}/test_verifying.py",),
    ),
    Mutant(
        name="any-birth-date-will-do",
        file="server/desk/assistant/identification.py",
        before="    if customer and customer.birth_date in dates:\n",
        after="    if customer and dates:\n",
        breaks="a stranger is verified by guessing nothing",
        invariant="A1",
        killers=(f"{_TESTS}/test_verifying.py",),
    ),
    Mutant(
        name="tools-without-verification",
        file="server/desk/assistant/tools.py",
        before=(
            "    if x.state.verified is None:\n"
            "        raise NotVerified\n"
            "    return x.state.verified.contracts\n"
        ),
        after='    return x.state.verified.contracts if x.state.verified else [Contract(id="1001", plan="", active=True, status="")]\n',
        breaks="a model that was talked into it reads the records for anyone",
        invariant="A1",
        killers=(f"{_TESTS}/test_thinking.py",),
    ),
    Mutant(
        name="any-contract-that-is-named",
        file="server/desk/assistant/tools.py",
        before="    raise UnknownContract\n",
        after='    return Contract(id=str(wanted), plan="", active=True, status="")\n',
        breaks="a verified customer reads another's records by a number",
        invariant="A1",
        killers=(f"{_TESTS}/test_thinking.py",),
    ),
    Mutant(
        name="verified-in-every-conversation",
        file="server/desk/assistant/memory.py",
        before="    return await ctx.db.assistant_memories.by_id(conversation_id) or {}\n",
        after="    return await ctx.db.assistant_memories.one({}) or {}\n",
        breaks="who was verified once is verified for whoever writes next",
        invariant="A1",
        killers=(f"{_TESTS}/test_verifying.py",),
    ),
    Mutant(
        name="not-muted-by-a-person",
        file="server/desk/assistant/replying.py",
        before="    return not with_it or any(conversation.get(field) for field in by_people)\n",
        after="    return not with_it\n",
        breaks="it goes on talking beside the person who has answered",
        invariant="A2",
        killers=(f"{_TESTS}/test_replying.py",),
    ),
    Mutant(
        name="not-muted-while-it-thinks",
        file="server/desk/assistant/replying.py",
        before="    if now is None or is_muted(now) or not await remember(",
        after="    if now is None or not await remember(",
        breaks="it talks over the person who was quicker",
        invariant="A2",
        killers=(f"{_TESTS}/test_replying.py",),
    ),
    Mutant(
        name="answers-although-switched-off",
        file="server/desk/assistant/replying.py",
        before="    if not ctx.tenant.settings.assistant.answers_customers or is_muted(conversation):\n",
        after="    if is_muted(conversation):\n",
        breaks="a tenant that has had enough of it cannot make it stop",
        invariant="A2",
        killers=(f"{_TESTS}/test_replying.py", f"{_TESTS}/test_racing.py"),
    ),
    Mutant(
        name="outside-the-window",
        file="server/desk/assistant/replying.py",
        before='    return window.is_open(conversation.get("window_expires_at"), now=ctx.now())\n',
        after="    return True\n",
        breaks="a model is paid for an answer that may not be sent",
        invariant="A3",
        killers=(f"{_TESTS}/test_racing.py",),
    ),
    Mutant(
        name="window-not-asked-by-the-sender",
        file="server/desk/messages/sending.py",
        before="        raise ConversationClosed\n    await window.check(ctx, conversation, content.kind)\n",
        after="        raise ConversationClosed\n",
        breaks="an answer leaves although its window closed while it was thought of",
        invariant="A3",
        killers=(f"{_TESTS}/test_racing.py",),
    ),
    Mutant(
        name="two-answer-the-same",
        file="server/desk/assistant/memory.py",
        before="    if (await recall(ctx, conversation_id)).revision != state.revision:\n        return False\n",
        after="",
        breaks="of two workers at once both answer",
        invariant="A4",
        killers=(f"{_TESTS}/test_racing.py",),
    ),
    Mutant(
        name="what-was-answered-is-not-remembered",
        file="server/desk/assistant/replying.py",
        before='        state.model_copy(update={"answered": asked.seqs[-1]}),\n',
        after="        state,\n",
        breaks="the next message has all before it answered again",
        invariant="A4",
        killers=(f"{_TESTS}/test_racing.py",),
    ),
    Mutant(
        name="said-before-it-is-remembered",
        file="server/desk/assistant/replying.py",
        before="@atomic\nasync def _say_and_remember(\n",
        after="async def _say_and_remember(\n",
        breaks="a worker that dies in between leaves half of it",
        invariant="A4",
        killers=_CRASHES,
    ),
    Mutant(
        name="owed-after-it-was-answered",
        file="server/desk/assistant/replying.py",
        before="    await answering.settle(ctx, conversation_id, seq=state.answered)\n",
        after="",
        breaks="after a worker's death a customer who was answered hears that nobody is there",
        invariant="A4",
        killers=_CRASHES,
    ),
)
