# The words of Homeward in English.
#
# Plain text: no tags, and no digits, which come from variables alone. A number $count brings
# $count-plural for choosing the form. Names of parties, offices and categories come from the
# ledger in the nominative, so sentences are built as "label: value".

language-name = English

### Things of the ledger

agreement-title = { $name }, { $day }
day = { $day }
no-day = day not stated
not-stated = not stated
unknown = not known
and-more = and { $count } more
words = “{ $words }”
words-foreign = “{ $words }” (in { $language })
cut = The rest does not fit into one message.

quantity-exact = { $value }
quantity-at_least = at least { $value }
quantity-more_than = more than { $value }
quantity-about = about { $value }
quantity-at_most = at most { $value }
quantity-range = from { $value } to { $high }
quantity-and-words = { $quantity }; as printed: { $words }
not-published = number not published
not-published-but-words = number not published; as printed: { $words }
no-number = Number not published
total-not-known = total not known
approximate-in-part = { $quantity } in { $count } of { $stages } stages
no-return-recorded = no return recorded
figure-of = { $quantity } ({ $speaker })
figures-differ = figures differ: { $figures }
who-differs = who they are differs: { $figures }
figure-in-parts = { $quantity } ({ $parts })
figure-among = { $quantity }, among them { $parts }
quantity-of = { $who }: { $quantity }

who-prisoners = Prisoners of war
who-civilians = Civilians
who-prisoners-and-civilians = Prisoners of war and civilians
who-bodies = Bodies of the fallen
who-urgent_medical = Urgent exchange on medical grounds
who-and-categories = { $who }: { $categories }
unit-civilian = civilians
unit-service_member = service members

direction = To { $party }
towards = to { $party }
direction-of = To { $party }, { $who }
direction-line = { $direction }: { $number }
direction-number = { $direction }: { $number }
directions = { $state ->
    [completed] { $ways ->
        [both] Returned in both directions:
       *[one] Returned in one direction:
    }
    [under_way] { $ways ->
        [both] Being returned in both directions:
       *[one] Being returned in one direction:
    }
    [announced] { $ways ->
        [both] Planned in both directions:
       *[one] Planned in one direction:
    }
   *[other] { $ways ->
        [both] Had been planned in both directions:
       *[one] Had been planned in one direction:
    }
}

state-announced = announced
state-under_way = under way
state-completed = completed
state-postponed = postponed
state-cancelled = cancelled

confirmed-both = Confirmed by both sides
confirmed-one = Confirmed by one side: { $party }
confirmed-third = Confirmed by a third party
confirmed-none = Reported, not confirmed
said-by = Reported by: { $speakers }
numbers-by = Numbers given by: { $speakers }
read-in = Read in: { $places }
according-to = According to: { $speakers }

### /status

status-empty =
    Nothing is recorded yet.
    As soon as a stage is recorded, it can be read here.
status-empty-owner =
    To begin, load a ledger file on the machine that runs the bot:
    homeward load FILE
    /record then opens the draft of a stage. It needs an agreement, which comes with the file.
status-stages = { $count-plural ->
    [one] { $count } stage completed
   *[other] { $count } stages completed
}
status-stages-last = { $count-plural ->
    [one] { $count } stage completed, on { $day }
   *[other] { $count } stages completed, last on { $day }
}
status-no-stage = No stage completed yet
status-under_way = Under way: { $stages }
status-announced = Announced: { $stages }
status-people-returned = People returned
status-people-none = People: no return recorded
status-gaps = Stages without a published number: { $count }
status-gaps-of = Stages without a number, to { $party }: { $count }
status-approximate = Approximate, not added: { $numbers }
status-bodies-none = Bodies: no return recorded
status-bodies-returned = Bodies returned: { $numbers }
status-confirmed-by-both-some = Confirmed by both sides: { $count } of { $total }
status-confirmed-by-both-none = Not yet confirmed by both sides
status-no-pledge = Pledged: nothing on record
as-of = As of { $moment }

pledged = Pledged: { $pledges }
bodies-pledged = Bodies, pledged: { $pledges }
pledge-each-way = { $quantity } each way
pledge-to = to { $party } { $quantity }
pledge-noted = { $pledge } ({ $notes })
note-together = both ways together
note-direction-not-stated = direction not stated
note-in-principle = in principle
all-for-all = “all for all” within a category
met = Met: { $met }
met-of = { $met } ({ $pledge })
met-met = yes, by published figures
met-not_met_so_far = not so far
met-cannot_be_determined = cannot be told from these figures
met-no_stage_recorded = no stage completed yet
met-no_arithmetic = cannot be calculated

### /stages, /stage

stages-heading = Stages, the newest first
stages-none = No stage is recorded yet.
stage-title = { $id } · { $day } · { $state }
as-printed-together = Both directions together, as printed: { $words }
among-them = { $direction }, among them:
branches = Services: { $branches }
ranks = Ranks: { $ranks }
other-day = Another day given: { $day } ({ $speaker })
ordinal-by = Number in order: { $number } ({ $counting }; { $speaker })
further-stages = Further stages to follow: { $number } ({ $speaker })
stage-unknown =
    There is no stage of that number.
    Write it like this: /stage { $example }. All of them: /stages
stage-withdrawn = { $id } was withdrawn. It no longer counts.
page = Page { $page } of { $pages }

### /sources, /source

sources-heading = Sources, the newest first
sources-explained = Where everything recorded here was read.
source-title = { $id } · { $publisher }
source-summary = { $type }; read on { $day }
source-type-official_party = Official source of a party
source-type-official_third = Official source of a third party
source-type-humanitarian = Humanitarian organisation
source-type-agency = News agency
source-type-media = Media report
source-type-social = Social media
source-language = Language: { $language }
source-published = Published: { $day }
source-read-on = Read on: { $day }
source-link = Link: { $link }
source-no-link = Link: not stated
source-archived = Archived copy: { $link }
source-reliability = Source: { $words } ({ $grade })
reliability-completely = completely reliable
reliability-usually = usually reliable
reliability-fairly = fairly reliable
reliability-not_usually = not usually reliable
reliability-unreliable = unreliable
reliability-cannot_be_judged = reliability cannot be judged
source-graded = { $record } ({ $grade })
grade-legend = Letter: the source. Digit: what is said there. { $meanings }
grade-meaning = { $grade }: { $words }
credibility-confirmed = confirmed by others
credibility-probably_true = probably true
credibility-possibly_true = possibly true
credibility-doubtful = doubtful
credibility-improbable = improbable
credibility-cannot_be_judged = cannot be judged
source-speakers = Who speaks in it, and in which records
source-speaker = { $speaker }: { $records }
source-cited = Cited as a whole in: { $records }
source-unused = No record rests on it yet.
source-unknown =
    There is no source of that number.
    Write it like this: /source { $example }. All of them: /sources
source-withdrawn = { $id } was withdrawn.
named-stage = stage { $id }
named-pledge = pledge { $id }

### /progress

progress-pledge = { $ids } · { $what }
pledged-people = people to { $party }
pledged-people-each-way = people, each way
pledged-people-unsplit = people, both directions
pledged-people-unstated = people, direction not stated
pledged-bodies = bodies to { $party }
pledged-bodies-each-way = bodies, each way
pledged-bodies-unsplit = bodies, both directions
pledged-bodies-unstated = bodies, direction not stated
progress-promised = Pledged: { $quantity } ({ $notes })
progress-documented = Documented: { $number }
progress-documented-to = Documented to { $party }: { $number }
progress-silent = Stages without a number: { $count } of { $stages }
total-stated = Total stated: { $quantity } ({ $notes })
total-since = from { $day }
total-through = through { $day }
total-no-end = last day not stated
total-beside = Also stated: { $quantity } ({ $notes })
total-unfit = Stated totals and stages do not fit.
from-stated-total = { $quantity } (stated as a total)
progress-share = Of the pledge: at least { $percent } %
progress-remaining = Remaining: at most { $count }
fulfilled-met = Met, by published figures.
fulfilled-not_met_so_far = Not met so far.
fulfilled-cannot_be_determined = Published figures do not show whether it is met.
fulfilled-no_stage_recorded = No return recorded yet.
fulfilled-no_arithmetic = Whether it is met cannot be calculated.
progress-bodies = Bodies to { $party }, after their return
identification-of = { $words }, { $stage }
body-under_examination = Under examination
body-identified = Identified
body-identity_disputed = Identity disputed
identification-none = Identification: nothing stated
returned-not-identified = Returned is not identified.
### /claims, /claim

claims-heading = Claims
claims-context-heading = Besides the exchange
claims-none = No claim is recorded yet.
claim-title = { $id } · { $status }
claim-reported = reported, not confirmed
claim-disputed = disputed
claim-confirmed_one = confirmed by one side
claim-confirmed_both = confirmed by both sides
claim-refuted = refuted
claim-withdrawn-by-speaker = withdrawn by its speaker
claim-context = Not about the exchange itself.
claim-about = It is about: { $record }
stance-asserts = Said by: { $speakers }
stance-confirms = Confirmed by: { $speakers }
stance-denies = Denied by: { $speakers }
stance-declines = Neither confirmed nor denied by: { $speakers }
stance-withdraws = Taken back by: { $speakers }
stance-noted = – { $notes }
stance-general = said of several accusations together
stance-hedged = said as a possibility
read-in-sources = read in { $sources }
claim-counts-nowhere = The number counts towards no total.
see-also = See also:
see-also-claim = { $id } · { $text }
claim-unknown =
    There is no claim of that number.
    Write it like this: /claim { $example }. All of them: /claims
claim-withdrawn = { $id } was withdrawn. It is no longer shown here.
named-source = source { $id }
named-claim = claim { $id }
named-total = stated total { $id }
### Corrections, history

change-was = Was: { $what }
change-now = Now: { $what }
change-added = Added: { $what }
change-removed = Removed: { $what }
change-elsewhere = Changed: { $what }
change-of = { $field }: { $value }
change-towards = to { $party }: { $value }
change-more = More changes: { $count }
changed = { $field ->
    [day] day
    [other_day] another day
    [lifecycle] state
    [kind] kind
    [scope] what it is about
    [categories] who
    [direction] direction
    [unit] who is counted
    [number] number
    [identification] after the return
    [ordinal] how it is numbered
    [further_stages] further stages
    [words] as printed
    [since] first day counted
    [through] last day counted
    [confirmation] confirmed by
    [speaker] said by
    [stance] who says what
    [composition] among them
    [source] source
    [link] link
    [type] kind of source
    [wording] wording
   *[other] another detail
}
ordinal = { $counting }: { $number }
unit-person = people
unit-body = bodies
scope-exchange = the exchange
scope-context = what went on around it
scope-agreement = the stages of the agreement
scope-other = something else
reason = Reason: { $reason }
reason-typo = a slip of the pen
reason-source_corrected = the source corrected itself
reason-new_figure = a new number
reason-wrong_attribution = it was ascribed to the wrong speaker
reason-duplicate = it was recorded twice
reason-wrong_date = the day was wrong
reason-translation = the translation was wrong
reason-personal_data_redacted = personal data was erased
reason-retracted_by_source = the source took it back
history-heading = { $id } · all versions, the newest first
history-unknown =
    There is no record of that number.
    Write it like this: /history { $example }
past-title = Version { $revision } · { $moment }
past-correction = { $title } · { $id }
past-recorded = Recorded for the first time.
past-withdrawn = Withdrawn: it no longer counts.
past-restored = No longer withdrawn.
past-erased = Taken out, since it held something personal. It is shown nowhere.
past-was-erased = In place of a version that was taken out.
corrections-heading = Corrections, the newest first
corrections-none = Nothing has been corrected yet.
correction-title = { $id } · { $record } · { $moment }
### Alerts

alert-first = No. { $number } · { $news }
alert-first-repeat = Repeat of No. { $number } · { $news }
alert-new = New stage: { $day }
alert-update = Update to No. { $number }: { $day }
alert-state = { $told ->
    [figure] A number has been published.
   *[other] { $state ->
        [completed] Completed.
        [under_way] Under way.
        [postponed] Postponed.
        [cancelled] Cancelled.
       *[announced] Announced, not yet begun.
    }
}
alert-expected = The day is the one expected.
alert-repeat = It is not known whether the first copy reached you.
alert-claim = { $told ->
    [claim] New claim
    [rebuttal] New denial of a claim
   *[other] News of a claim
}
alert-claim-to = { $told ->
    [rebuttal] Denial, to No. { $number }
   *[other] Update to No. { $number }
}
alert-judges-nothing = This is what they say; this bot does not judge it.
alert-correction = Correction to No. { $number }
alert-correction-first = Correction
alert-withdrawal = Withdrawn: No. { $number }
alert-withdrawal-first = Withdrawn
alert-taken-back = Taken back: { $what }
alert-counts-no-more = It no longer counts. What is known now:
alert-shown-no-more = It is no longer shown here.
alert-record-day = { $record }, { $day }
alert-code = To check: /verify { $code }
mark-corrected = Corrected, see No. { $number }
mark-withdrawn = Withdrawn, see No. { $number }. What follows no longer stands.
mark-before = As it was sent:
mark-reworded = Text corrected on { $day }
scam-line = No official body takes money for news, lists or release.

### /start

bot-name = Homeward
bot-short-description = An exchange in stages: who said what, and when. Independent, not an official body.
bot-description =
    This bot follows an exchange of prisoners of war that is carried out in stages: what was announced, what took place, who said so and when. It is not an official body, takes no side and takes no money. It knows nothing about individual people.
choose-language = Please choose a language.
what-it-is =
    This bot follows an exchange of prisoners of war that is carried out in stages: what was announced, what took place, who said so and when.

    It is not an official body. It takes no side, makes up no numbers and takes no money.

    It has no information about individual people. Please do not send names.
consent-heading = Do you want alerts?
consent =
    The bot would then write to you when a stage is recorded or changes.

    For this it keeps the number of this chat, encrypted; your language; your topics; when you agreed; and which alerts reached you. No name, and nothing of what you write.

    Please consider: Telegram knows who talks to this bot, and chats with bots are not end-to-end encrypted. Whoever holds your phone can see this chat.

    You can stop at any time with /unsubscribe. /forget erases everything at once. More: /privacy
subscribed-heading = Alerts are on
subscribed =
    You get an alert when a stage of the exchange of people is recorded or changes.

    Alerts about bodies of the fallen are off. You can turn them on in the settings; they then come without sound.

    To stop: /unsubscribe. To erase what is kept about you: /forget
not-subscribed =
    No alerts, and nothing is kept about you. Everything can be read here at any time.
    If you change your mind: /subscribe

### /settings and what is kept

settings-heading = Settings
settings-language = Language: { $language }
settings-no-alerts = Alerts: off
settings-alerts = Alerts: on
settings-people = People: { $state ->
    [on] on
   *[off] off
}
settings-bodies = Bodies of the fallen: { $state ->
    [on] on
    [silent] on, without sound
   *[off] off
}
settings-claims = Claims: { $state ->
    [on] on
   *[off] off
}
settings-explained = Press a button to change something.
unsubscribed =
    No more alerts will come.
    Still kept: the encrypted number of this chat, your language and your choices. /forget erases these too.
language-question = Please choose a language.
language-kept = From now on the bot answers in English.
language-not-kept =
    To remember English, the bot would have to keep the number of this chat, encrypted, and this choice; nothing else. /forget erases both at once.
    Otherwise it answers in the language of your Telegram app.
mydata-heading = What is kept about you
mydata-address =
    The number of this chat, encrypted: only a key that is kept elsewhere can open it.
    A fingerprint of that number, to find it again.
mydata-language = Language: { $language }
mydata-alerts = Alerts: { $state ->
    [on] on
   *[off] off
}
mydata-since = Kept since { $moment }
mydata-consent = You agreed to the text about alerts, version { $version }
mydata-deliveries = For each alert sent to you: whether it arrived, and the number of its message.
mydata-moderator =
    You are a moderator of this bot: your Telegram id, encrypted, your role, your drafts, and what you recorded, under the name { $pseudonym }.
mydata-nothing-else = Nothing else: no name, no username, nothing of what you write.
nothing-kept = Nothing is kept about you.
forget-ask =
    Erase everything that is kept about you?
    Alerts stop at once. This cannot be undone.
forgotten =
    Erased. Nothing is kept about you any more.
    If you want to come back: /start
nothing-changed = Nothing was changed.

### /verify, /cite, /asof

verify-ours = No. { $number } is an alert of this bot
verify-published = Published on { $moment }
verify-code = Check code: { $code }
verify-current = Nothing newer has been published on its matter.
verify-updated = Newer alerts on the same matter: No. { $numbers }
verify-corrected = Corrected by No. { $numbers }. What has changed:
verify-withdrawn = Withdrawn by No. { $number }: the words below no longer hold.
verify-stopped = Its sending was stopped before it had reached everybody.
verify-words = What it says, word for word:
verify-redacted = Its words were taken out, since they held something personal.
verify-not-ours = No such alert of this bot
verify-not-ours-words =
    Nothing with this code was published here. If somebody passed it on as ours, do not rely on it.
verify-how = The code stands at the foot of each alert. Write it like this: /verify { $example }
cite-heading = To cite { $id }
cite-of = { $what }, { $agreement }
cite-claim = { $id } “{ $text }”
cite-reference = Homeward, { $what }, revision { $revision } of { $moment }.
cite-read-in = { $reference } Read in: { $sources }.
cite-linked = { $reference } { $link }
cite-unknown =
    There is no record of that number.
    Write it like this: /cite { $example }
cite-withdrawn = { $id } was withdrawn. It should not be cited any more.
asof-known = Known on { $moment }
asof-nothing = Nothing had been recorded by { $moment }.
asof-how =
    This is not a day that I can read. Write it like this, in UTC:
    /asof { $moment }
    or { $day }, with or without a time.

### /export

export-heading = The public records as files
export-numbers = Numbers: each that somebody gave, by stage and direction, as a table (CSV).
export-claims = Claims: each with who says so and who denies it, as a table (CSV).
export-records = Everything, in all languages, for programs (JSON).
export-licence = Free to use under the MIT licence; please name Homeward and the day.

### Fixed texts

help-heading = What you can ask
help-command = /{ $command } – { $does }
help-words = The buttons under each message lead on. What you write is not kept.

privacy-heading = Privacy
privacy =
    Without your consent nothing is kept about you. Your language is then taken from your Telegram app each time.

    If you want alerts, this is kept:
    – the number of this chat, encrypted, and a fingerprint of it, to find it again; the key is kept elsewhere;
    – your language, your topics, when you agreed and to which version of the text;
    – for each alert, whether it reached you and the number of its message.

    Never kept: your name, your username, your phone number, what you write.

    /forget erases everything at once. So does blocking the bot, as soon as it notices. /mydata shows what is kept.

    Nobody can list who reads this bot. Moderators see rounded counts alone. Nothing is passed on, and reading is not measured.

    Telegram knows who talks to this bot, and chats with bots are not end-to-end encrypted.

    Responsible: the operator of this copy.

about-heading = About Homeward
about =
    Homeward follows an exchange of prisoners of war that is carried out in stages. It is a ledger: who said what, and when, and how it fits what was pledged. It makes up no number, takes no side and names no prisoner.

    It is not an official body. It is run by the operator of this copy.

    What it promises about alerts. Stored first. At least once, nothing vanishes. Duplicates are possible, rare, bounded and marked. In order, except that a withdrawal goes first. Not promised: exactly once.

    What you ask is confirmed to Telegram only after it was handled. After a fault it may be handled again: its effect is recorded once, but the answer may reach you twice.

safety-heading = Beware of fraud
safety =
    { scam-line }

    Fraudsters ask for money for a place on a list, for treatment, for a parcel or for a change of status. They ask for card data or for codes from messages. They threaten, or offer to search.

    This bot never asks for money, names, photos, card data or codes, and never writes to you about a person.

    Please do not publish names, units or photos of missing people. Somebody in captivity may have reasons to stay unrecognised.

    These can help, and none of them takes money:
    { whom-to-turn-to }
whom-to-turn-to =
    – Central Tracing Agency Bureau, International Committee of the Red Cross
    – Commissioner for Human Rights, Russia
    – Commissioner for Human Rights, Ukraine
    – Coordination Headquarters for the Treatment of Prisoners of War, Ukraine
warm =
    I am a bot that follows the exchange as a whole. I know nothing about individual people, and I do not keep what you wrote.

    If you are waiting for somebody close to you, I am sorry that I cannot help you search.

    These can help, and none of them takes money:
    { whom-to-turn-to }
unknown-command = There is no such command. /help shows what you can ask.
something-went-wrong = Something went wrong on our side. Please try again in a few minutes.
store-full = Nothing was saved and nothing was sent: our store is full. Please try again later.
group = This bot works in private chats alone, so it leaves this group.
stale-button = This button is out of date. /status opens the present state.
crowd = Many people are asking right now. Please try again in a minute.

### Commands

command-start = begin, choose a language
command-status = where the exchange stands
command-stages = all stages
command-stage = one stage, by its number
command-sources = all sources
command-source = one source, by its number
command-history = how a record came to say what it says
command-corrections = what was corrected, and why
command-asof = the status as it was known on a day
command-cite = a reference to one record, to copy
command-verify = whether an alert is ours and still holds
command-export = the public records as files
command-settings = alerts, topics, language
command-subscribe = get alerts
command-unsubscribe = stop alerts
command-language = change the language
command-help = what you can ask
command-safety = beware of fraud; who can help
command-privacy = what is kept about you and what is not
command-mydata = everything kept about you
command-forget = erase everything kept about you
command-about = what this bot is and what it promises
command-progress = each pledge and how far it is kept
command-claims = claims, the disputed ones first
command-claim = one claim, by its number
command-record = record a stage
command-drafts = your open draft
command-correct = correct what is published
command-withdraw = take back what is published
command-redact = erase personal data for good
command-freeze = hold all alerts back
command-thaw = let alerts go on

### Buttons

button-status = Status
button-stages = Stages
button-all-stages = All stages
button-stage = { $id } · { $day }
button-stage-alone = Stage { $id }
button-sources = Sources
button-all-sources = All sources
button-source = Source { $id }
button-alert = No. { $number }
button-known-now = What is known now
button-copy = Copy
button-copy-link = Copy the link
button-export-numbers = Numbers (CSV)
button-export-claims = Claims (CSV)
button-export-records = Everything (JSON)
button-details = Details
button-check = Check this message
button-history = History
button-history-of = History of { $id }
button-corrections = Corrections
button-cite = Cite
button-earlier-page = ‹ Newer
button-later-page = Older ›
button-page-back = ‹ Back
button-page-on = More ›
button-progress = Progress
button-disputed = Disputed ({ $count })
button-claims = Claims
button-claim = { $id }
button-all-claims = All claims
button-settings = Settings
button-help = Help
button-safety = Beware of fraud
button-privacy = Privacy
button-mydata = What is kept about me
button-onward = Go on
button-consent = Yes, send me alerts
button-no-consent = No, I only want to read
button-subscribe = Turn alerts on
button-unsubscribe = Turn alerts off
button-people-on = People: turn on
button-people-off = People: turn off
button-bodies-on = Bodies of the fallen: turn on
button-bodies-off = Bodies of the fallen: turn off
button-bodies_silent-on = Bodies: without sound
button-bodies_silent-off = Bodies: with sound
button-claims-on = Claims: turn on
button-claims-off = Claims: turn off
button-language = Language
button-keep-language = Remember my choice
button-keep-nothing = Keep nothing
button-forget = Erase what is kept
button-forget-yes = Yes, erase everything
button-forget-no = No, change nothing

### Moderators: the draft

draft-new = New stage, draft
draft-adding = Adding to { $id }, { $day }
draft-note = Not taken over: { $sentence }
draft-field = { $field }: { $answer }
draft-missing = Missing: { $what }
draft-doubtful = Look again: { $sentence }
draft-unfinished = You have an open draft
draft-no-agreement =
    A stage belongs to an agreement, and none is recorded yet.
    Load a ledger file on the machine that runs the bot: homeward load FILE
draft-nothing-to-correct =
    No stage, claim or stated total of that id is published.
    Write it like this: /correct { $example }
draft-none = You have no open draft. /record begins one.
draft-discarded = The draft was discarded. Nothing was recorded.
draft-moved-down = The draft goes on further down.
draft-undone =
    Undone. Nobody got the alert, and the record was taken back.
    The draft is kept.
nothing = nothing
nobody-yet = nobody yet
number = { $value }

field = { $field ->
    [begin] kind
    [lifecycle] state
    [date] date
    [categories] who
    [directions] direction
    [sources] sources
    [about] about
    [text] text
    [detail] in detail
    [qualifier] number
    [see_also] see also
    [unit] who is counted
    [speaker] said by
    [counted] what is counted
    [words] counted
    [since] from
    [through] through
    [reason] reason
    [said_on] day
    [source] source
    [stance_kind] stance
   *[confirmations] confirmed by
}
kind-persons = prisoners of war
kind-bodies = bodies of the fallen
kind-urgent_medical = urgent exchange, medical grounds

ask-begin = What do you want to record?
ask-lifecycle = How far has the stage come?
ask-date =
    Which day?
    Choose the year only if a source prints it.
ask-categories =
    Which people?
    Choose what the source says; several may fit.
ask-directions = In which direction?
ask-sources =
    Where was it read?
    Send the link of a source, one in each message.
ask-confirmations =
    Who confirms it?
    Choose only who says so in the source.
ask-figure =
    { $direction }: how many?
    Choose the speaker's own word.
ask-number = { $direction }: which number?
ask-speaker = Who says so?
number-asked = Please type it. It will read: { $qualifier } …
number-range = Type both ends with a dash between them.
qualifier-exact = exactly
qualifier-at_least = at least
qualifier-more_than = more than
qualifier-about = about
qualifier-at_most = at most
qualifier-range = from … to

preview-readers = Readers who get it: { $readers }. Languages: { $languages }
preview-duration = Takes about { $duration }
preview-quiet = Nobody is alerted by this. It can be read at once.
preview-marked = Earlier messages that are changed: { $count }
preview-silent = No message is sent: the earlier ones are mended in silence.
preview-checked = Checks: nothing found.
preview-outdated = The ledger has moved since this preview. Please make a new one.
already-published = Already published as No. { $number }.
recorded-quietly = Recorded in { $id }. Nobody was alerted.

problem-stale-button = that button is out of date; here is the draft as it stands.
problem-text-too-long = the text is too long; please send only the link or the number.
problem-nothing-asked = nothing was asked; please use the buttons.
problem-only-text = pictures, files and forwarded messages cannot be taken; please type the answer.
problem-number-expected = please type one whole number, in digits.
problem-range-expected = please type two whole numbers, the lower one first, with a dash between them.
problem-lifecycle-moves-back = a stage cannot move to this state from its present one.
problem-source-recorded = this source is recorded already and stays.
problem-figure-recorded = this speaker's number is recorded already; another one would be a correction.
problem-correction-needed = this changes what is recorded; here something can only be added.
problem-nothing-added = nothing was added yet.
problem-hidden-characters = the text holds hidden characters; please type it anew.
problem-link-broken = this is not a complete link; it begins with http and names a site.
problem-link-disguised = this link could lead elsewhere than it seems; please send the plain address of the page.
problem-link-too-long = the link is too long; please send the plain address of the page.
problem-no-source = a source
problem-no-direction = a direction
problem-no-date = a date
problem-future-date = the day is still to come; a stage that has happened cannot have it.
problem-same-stage = { $value } is recorded for the same day; add to it instead.
problem-source-not-listed = a source is used that is not among the sources.
problem-outlet-confirms = an outlet reports; it cannot confirm. Choose the office it quotes.
problem-not-a-party = the direction is not a party of this agreement.
problem-direction-twice = a direction is named twice.
problem-people-and-bodies = people and bodies cannot stand in one stage.
problem-figure-zero = a number cannot be zero; where none was published, choose that.
problem-label-missing = a name is missing in one of the languages.
problem-same-party-twice = an agreement needs two different parties.
problem-unknown-reference = something named here is not in the ledger: { $value }
problem-ordinal-below-one = somebody's number of a stage begins at one.
problem-day-not-another = the other day is the day of the stage itself.
problem-parts-do-not-fit = the parts do not fit the number that the same speaker gives for all together.
problem-identified-people = identification is recorded for bodies alone.
problem-identified-beyond-returned = more bodies are examined or identified than the same speaker says were handed over.
problem-several-speakers = a total has one speaker; another speaker's total is recorded apart.
problem-counts-what = it is not said what this total counts.
problem-no-number = a number, or the words that stand for it
problem-ends-before-it-begins = the last day counted comes before the first.
problem-nobody-asserts = nobody is recorded as having said it.
problem-refers-to-itself = a claim cannot refer to itself.
problem-wording-too-long = the wording is too long; please shorten it.
problem-number-without-figure = the wording holds a number that is not recorded as its number.
problem-link-in-text = a link stands in the text; links belong to the sources.
problem-mail-address = an e-mail address stands in the text; it cannot be recorded.
problem-handle-in-text = the name of an account stands in the text; it cannot be recorded.
problem-bank-account = the number of an account or wallet stands in the text; it cannot be recorded.
problem-unit-number = the number of a military unit stands in the text; it cannot be recorded.
problem-birth-date = a date of birth stands in the text; it cannot be recorded.
problem-card-number = the number of a payment card stands in the text; it cannot be recorded.
problem-phone-number = a telephone number stands in the text; it cannot be recorded.

### Moderators: claims and stated totals

draft-new-claim = New claim, draft
draft-stance = A stance to { $id }, draft
draft-new-total = New stated total, draft
draft-correcting = Correction of { $id }, draft
draft-was = – was: { $answer }
field-in-language = { $field }, { $language }
id = { $id }
read-at = read in { $place }
about-exchange = the exchange as a whole
about-context = what went on around it
taking-asserts = says so
taking-confirms = confirms it
taking-denies = denies it
taking-declines = neither confirms nor denies
taking-withdraws = takes it back
manner-general = of several accusations at once
manner-hedged = as a possibility
total-unit-person = people
total-unit-service_member = service members
total-unit-civilian = civilians
total-unit-body = bodies of the fallen
total-both_not_split = both ways together
total-not_stated = direction not stated
counted-agreement = the stages of this agreement
counted-other = something else

ask-claims = To which claim?
ask-about = What is it about?
ask-text =
    What is claimed?
    One short sentence in our own words, without an epithet.
ask-detail =
    What more is claimed?
    Only what the short text leaves out.
words-asked = Please type it in this language: { $language }
ask-qualifier =
    How is the number meant?
    Choose the speaker's own word.
ask-stance_kind = What does the speaker do?
ask-source =
    Where was it read?
    Send the link, or choose a known source.
ask-said_on =
    On which day was it said?
    Choose the year only if a source prints it.
ask-stance = Is this right?
ask-stated = Is this right?
ask-see_also =
    Which claims stand against it?
    Choose those that do not go together with it.
ask-unit = Who is counted?
ask-counted = What does the total count?
ask-words =
    What is counted?
    A few words, such as the source has them.
ask-since = From which day is it counted?
ask-through = Through which day is it counted?
ask-reason = Why is it corrected?


problem-one-line-expected = please type one line of text.
problem-nothing-changed = nothing was changed yet.
problem-changed-meanwhile = { $value } was changed after this draft of its correction was begun; please discard it and begin anew.

caution-mixed-scripts = a word has Latin and Cyrillic letters mixed.
caution-published-in-the-future = a page is dated in the future.
caution-read-before-published = a page was read before the day that it is dated.
caution-source-twice = the same page is recorded already, as { $value }.
caution-figures-apart = the numbers given for one direction cannot all be right.
caution-perhaps-same-stage = perhaps this is the same stage as { $value }.
caution-source-before-event = { $value } is dated before the event that it is to tell of.
caution-said-before-event = something is confirmed on a day before the event.
caution-total-through-no-day = nothing says through which day this total counts.
caution-total-does-not-fit = this total does not fit what is documented.
caution-claim-twice = { $value } has the same words.
caution-said-after-published = { $value } is dated before the day on which the words in it were said.
caution-outlet-counts = an outlet is named as the speaker; choose whom it quotes, if it says so.

button-new-claim = New claim
button-new-stance = A stance to a claim
button-new-total = A stated total
button-claim-text = { $id } · { $text }
button-known-source = { $id } · { $publisher }
button-about = About
button-text = Text
button-detail = In detail
button-no-detail = Nothing more
button-qualifier = Meaning of the number
button-see_also = See also
button-stance = { $place }. { $speaker } { $stance }
button-add-stance = Add a stance
button-drop-stance = Remove this stance
button-stance_kind = Stance
button-speaker = Who says so
button-said_on = Day
button-where = Where it was read
button-general = Of several accusations at once
button-hedged = As a possibility
button-unit = Who is counted
button-number = Number
button-counted = What is counted
button-words = The words for it
button-since = First day
button-through = Last day
button-statement = { $place }. { $speaker }
button-add-statement = Read elsewhere too
button-drop-statement = Remove this statement
button-reason = Reason

### Moderators: sending

sending-title = No. { $number } · { $phase ->
    [waiting] not sent yet
    [sending] sending
    [stopped] stopped
    [halted] halted
    [frozen] frozen
    [superseded] replaced by a newer one
   *[sent] sent
}
sending-starts = Begins in { $duration }
sending-halted =
    Telegram refused the text of this alert. Nothing more is sent.
    Please tell the operator.
sending-frozen = All sending is frozen. What waits is kept: /thaw
sending-delivered = Delivered: { $count }. Readers: { $total }
sending-undeliverable = Not reachable: { $count }
sending-unknown = Not known whether it arrived: { $count }
sending-cancelled = Not sent any more: { $count }
sending-edited = Earlier messages changed: { $count }. In all: { $total }
sending-left = Left: about { $duration }
count-none = none
count-few = fewer than { $count }
duration-seconds = { $count } s
duration-minutes = { $count } min

### Moderators: holding all sending back

freeze-question = Freeze all sending?
freeze-explained =
    No alert leaves any more, not even one that was published before. What waits is kept.
    Questions are answered as usual. The other moderators are told.
frozen-heading = All sending is frozen
frozen-since = Since { $moment }, by { $moderator }
frozen-explained =
    No alert leaves. What was published waits and is kept.
    Two moderators let sending go on; where there is only one, that one alone.
thaw-proposed-by = { $moderator } proposes to let sending go on.
thaw-needs-another =
    Another moderator confirms it with /thaw.
    With /freeze you take the proposal back.
not-frozen = Nothing is frozen: alerts go out.
memo-frozen = All sending was frozen by { $moderator }.
memo-frozen-more = No alert leaves; what was published waits. To see it or to let it go on: /thaw
memo-thaw_proposed = Sending is still frozen; { $moderator } proposes to let it go on.
memo-thaw_proposed-more =
    It goes on when another moderator confirms it: /thaw
    To keep it frozen, do nothing, or take the proposal back with /freeze.
memo-thawed = Sending goes on, confirmed by { $moderator }.
memo-thawed-more = What has waited is sent now.
memo-halted = No. { $number } stopped: text error.
memo-missed = Telegram could not be heard from { $since } until { $until }.
memo-missed-more =
    It keeps what is written to the bot for one day; what waited longer is gone.
    No alert was lost, and readers were not told of this.
    If you wrote or pressed something in that time, please do it again.

### Moderators: withdrawing

withdraw-question = Withdraw { $id }?
withdraw-leaves = It leaves every list and total at once, and stays in the history.
withdraw-tells = Whoever was alerted of it is told; the messages they have are marked.
withdraw-told = Alerts about it: { $alerts }. Readers they may have reached: { $readers }
withdraw-untold = Nobody was alerted of it.
withdraw-why = Why? The next screen shows what readers get.
withdraw-at-once = It is sent at once, before all that waits.
withdraw-no-undo = There is no undo.
withdraw-nothing =
    Nothing of that id is published.
    Write it like this: /withdraw { $example }
withdraw-rested-on =
    { $id } cannot be withdrawn now: other records rest on it: { $records }
    Withdraw these first, or correct them with /correct.
withdrawn-quietly = { $id } is withdrawn. Nobody had been alerted of it.
memo-withdrawn = { $moderator } withdrew { $id }.
memo-withdrawn-more =
    Whoever was alerted of it is being told. What it was: /history { $id }
    If that is wrong, /freeze holds all sending back at once.
button-withdraw = Withdraw { $id } now

### Moderators: erasing personal data

redact-question = Erase the past of { $id }?
redact-hidden = Out of sight already, as personal data. Versions: { $count }
redact-explained =
    Erased for good: what these versions said, the words of alerts made from them, drafts about it.
    What stays says when, by whom and why. There is no undo.
redact-proposed-by = { $moderator } proposes to erase it.
redact-needs-another =
    Proposed by you. Another moderator confirms it: /redact { $id }
    Until then it is kept, and shown to nobody.
redact-once-more = You alone may publish here: press once more to erase it.
redact-correct-first =
    Nothing of { $id } was taken out as personal data yet.
    Correct it first: /correct { $id }, and choose the reason “personal data was erased”. Or take it back whole for that reason: /withdraw { $id }
    It is out of sight from that moment. Then /redact { $id } erases it for good.
redact-erased = What { $id } said before is erased. It is kept nowhere.
redact-nothing =
    Nothing of that id was ever published.
    Write it like this: /redact { $example }
memo-redaction_proposed = { $moderator } proposes to erase the past of { $id }.
memo-redaction_proposed-more =
    Personal data stood in it. It is out of sight, and erased for good when you confirm: /redact { $id }
memo-redacted = The past of { $id } is erased, confirmed by { $moderator }.
memo-redacted-more = It held personal data, and is kept nowhere any more.
button-redact = Erase it for good
button-redact-confirm = Confirm: erase it for good
button-redact-look = Look at it

button-back = Back to the draft
button-next = Next
button-continue = Continue
button-discard = Discard
button-preview = Preview
button-publish = Publish
button-undo = Undo
button-stop = Stop
button-freeze = Freeze all sending
button-thaw = Let sending go on
button-thaw-confirm = Confirm: let sending go on
button-add = Add to { $id }, { $day }
button-begin = Kind
button-lifecycle = State
button-date = Date
button-categories = Who
button-directions = Direction
button-confirmations = Confirmed by
button-figure = { $direction }
button-today = Today, { $day }
button-yesterday = Yesterday, { $day }
button-no-day = No day stated
button-year = { $year }
button-no-year = no year
button-month = { $month }, { $year }
button-month-back = ‹ { $month }
button-month-next = { $month } ›
button-no-category = Nobody in particular
button-both-directions = Both directions
button-one-direction = { $direction } only
button-drop = Remove { $source }
button-both-sides = Both sides
button-nobody-yet = Nobody yet
