# Слова Homeward українською. Правила для перекладачів — на початку en.ftl.

language-name = Українська

### Things of the ledger

agreement-title = { $name }, { $day }
day = { $day }
no-day = день не вказано
not-stated = не вказано
unknown = невідомо
and-more = і ще { $count }
words = «{ $words }»
words-foreign = «{ $words }» (мова: { $language })
cut = Решта не вміщується в одне повідомлення.

quantity-exact = { $value }
quantity-at_least = щонайменше { $value }
quantity-more_than = понад { $value }
quantity-about = приблизно { $value }
quantity-at_most = щонайбільше { $value }
quantity-range = від { $value } до { $high }
quantity-and-words = { $quantity }; як надруковано: { $words }
not-published = кількість не оприлюднено
not-published-but-words = кількість не оприлюднено; як надруковано: { $words }
no-number = Кількість не оприлюднено
total-not-known = загальна кількість невідома
approximate-in-part = { $quantity } (етапів: { $count } з { $stages })
no-return-recorded = повернень не зафіксовано
figure-of = { $quantity } ({ $speaker })
figures-differ = дані різняться: { $figures }
who-differs = хто вони — дані різняться: { $figures }
figure-in-parts = { $quantity } ({ $parts })
figure-among = { $quantity }, серед них { $parts }
quantity-of = { $who }: { $quantity }

who-prisoners = Військовополонені
who-civilians = Цивільні особи
who-prisoners-and-civilians = Військовополонені та цивільні особи
who-bodies = Тіла загиблих
who-urgent_medical = Невідкладний обмін за станом здоров'я
who-and-categories = { $who }: { $categories }
unit-civilian = цивільні особи
unit-service_member = військовослужбовці

direction = { $party }
towards = { $party }
direction-of = { $party }, { $who }
direction-line = { $direction }: { $number }
direction-number = Куди: { $direction } — { $number }
directions = { $state ->
    [completed] { $ways ->
        [both] Повернуто в обидва боки. Куди:
       *[one] Повернуто в один бік. Куди:
    }
    [under_way] { $ways ->
        [both] Повертають в обидва боки. Куди:
       *[one] Повертають в один бік. Куди:
    }
    [announced] { $ways ->
        [both] Заплановано повернення в обидва боки. Куди:
       *[one] Заплановано повернення в один бік. Куди:
    }
   *[other] { $ways ->
        [both] Було заплановано повернення в обидва боки. Куди:
       *[one] Було заплановано повернення в один бік. Куди:
    }
}

state-announced = оголошено
state-under_way = триває
state-completed = завершено
state-postponed = відкладено
state-cancelled = скасовано

confirmed-both = Підтверджено обома сторонами
confirmed-one = Підтверджено однією стороною: { $party }
confirmed-third = Підтверджено третьою стороною
confirmed-none = Повідомлено, не підтверджено
said-by = Хто повідомив: { $speakers }
numbers-by = Хто назвав кількість: { $speakers }
read-in = Де прочитано: { $places }
according-to = За даними: { $speakers }

### /status

status-empty =
    Ще нічого не записано.
    Щойно буде записано перший етап, про нього можна буде прочитати тут.
status-empty-owner =
    Щоб почати, завантажте файл реєстру на машині, де працює бот:
    homeward load FILE
    Потім /record відкриє чернетку етапу. Для неї потрібна домовленість, а вона надходить із файлом.
status-stages = { $count-plural ->
    [one] Завершено { $count } етап
    [few] Завершено { $count } етапи
   *[many] Завершено { $count } етапів
}
status-stages-last = { $count-plural ->
    [one] Завершено { $count } етап, останній { $day }
    [few] Завершено { $count } етапи, останній { $day }
   *[many] Завершено { $count } етапів, останній { $day }
}
status-no-stage = Завершених етапів ще немає
status-under_way = Триває: { $stages }
status-announced = Оголошено: { $stages }
status-people-returned = Куди повернуто людей
status-people-none = Люди: повернень не зафіксовано
status-gaps = Етапів без оприлюдненої кількості: { $count }
status-gaps-of = { $party }, етапів без кількості: { $count }
status-approximate = Приблизні дані, не додано: { $numbers }
status-bodies-none = Тіла загиблих: повернень не зафіксовано
status-bodies-returned = Куди повернуто тіла загиблих: { $numbers }
status-confirmed-by-both-some = Підтверджено обома сторонами: { $count } з { $total }
status-confirmed-by-both-none = Обома сторонами ще не підтверджено
status-no-pledge = Зобов'язання: не записано
as-of = Дані на { $moment }

pledged = Зобов'язання: { $pledges }
bodies-pledged = Зобов'язання щодо тіл: { $pledges }
pledge-each-way = { $quantity } в кожен бік
pledge-to = { $party } — { $quantity }
pledge-noted = { $pledge } ({ $notes })
note-together = в обидва боки разом
note-direction-not-stated = напрямок не вказано
note-in-principle = у принципі
all-for-all = «всіх на всіх» у межах категорії
met = Чи виконано: { $met }
met-of = { $met } ({ $pledge })
met-met = так, за оприлюдненими даними
met-not_met_so_far = поки що ні
met-cannot_be_determined = з даних не видно
met-no_stage_recorded = завершених етапів ще немає
met-no_arithmetic = обчислити не можна

### /stages, /stage

stages-heading = Етапи, спочатку новіші
stages-none = Жодного етапу ще не записано.
stage-title = { $id } · { $day } · { $state }
as-printed-together = В обидва боки разом, як надруковано: { $words }
among-them = { $direction }, серед повернутих:
branches = Служби: { $branches }
ranks = Звання: { $ranks }
other-day = Названо й інший день: { $day } ({ $speaker })
ordinal-by = Порядковий номер: { $number } ({ $counting }; { $speaker })
further-stages = Наступні етапи: { $number } ({ $speaker })
stage-unknown =
    Етапу з таким номером немає.
    Пишіть так: /stage { $example }. Усі етапи: /stages
stage-withdrawn = { $id } відкликано. Його більше не враховано.
page = Сторінка { $page } з { $pages }

### /sources, /source

sources-heading = Джерела, спочатку новіші
sources-explained = Де прочитано все, що тут записано.
source-title = { $id } · { $publisher }
source-summary = { $type }; прочитано { $day }
source-type-official_party = Офіційне джерело сторони
source-type-official_third = Офіційне джерело третьої сторони
source-type-humanitarian = Гуманітарна організація
source-type-agency = Інформаційне агентство
source-type-media = Повідомлення ЗМІ
source-type-social = Соціальні мережі
source-language = Мова: { $language }
source-published = Опубліковано: { $day }
source-read-on = Прочитано: { $day }
source-link = Посилання: { $link }
source-no-link = Посилання: не вказано
source-archived = Архівна копія: { $link }
source-reliability = Джерело: { $words } ({ $grade })
reliability-completely = цілком надійне
reliability-usually = зазвичай надійне
reliability-fairly = досить надійне
reliability-not_usually = зазвичай ненадійне
reliability-unreliable = ненадійне
reliability-cannot_be_judged = про надійність судити не можна
source-graded = { $record } ({ $grade })
grade-legend = Літера — джерело, цифра — сказане в ньому. { $meanings }
grade-meaning = { $grade }: { $words }
credibility-confirmed = підтверджено іншими
credibility-probably_true = імовірно, правда
credibility-possibly_true = можливо, правда
credibility-doubtful = сумнівно
credibility-improbable = малоймовірно
credibility-cannot_be_judged = судити не можна
source-speakers = Хто в ньому говорить і в яких записах
source-speaker = { $speaker }: { $records }
source-cited = На джерело загалом спираються: { $records }
source-unused = На це джерело ще не спирається жоден запис.
source-unknown =
    Джерела з таким номером немає.
    Пишіть так: /source { $example }. Усі джерела: /sources
source-withdrawn = { $id } відкликано.
named-stage = етап { $id }
named-pledge = зобов'язання { $id }

### /progress

progress-pledge = { $ids } · { $what }
pledged-people = люди, куди: { $party }
pledged-people-each-way = люди, в кожен бік
pledged-people-unsplit = люди, в обидва боки
pledged-people-unstated = люди, напрямок не вказано
pledged-bodies = тіла, куди: { $party }
pledged-bodies-each-way = тіла, в кожен бік
pledged-bodies-unsplit = тіла, в обидва боки
pledged-bodies-unstated = тіла, напрямок не вказано
progress-promised = Зобов'язання: { $quantity } ({ $notes })
progress-documented = Задокументовано: { $number }
progress-documented-to = Задокументовано, { $party }: { $number }
progress-silent = Етапів без кількості: { $count } з { $stages }
total-stated = Названо підсумок: { $quantity } ({ $notes })
total-since = з { $day }
total-through = по { $day } включно
total-no-end = останній день не вказано
total-beside = Також названо: { $quantity } ({ $notes })
total-unfit = Названі підсумки й етапи не узгоджуються.
from-stated-total = { $quantity } (за названим підсумком)
progress-share = Від зобов'язання: щонайменше { $percent } %
progress-remaining = Залишається: щонайбільше { $count }
fulfilled-met = Виконано, за оприлюдненими даними.
fulfilled-not_met_so_far = Поки що не виконано.
fulfilled-cannot_be_determined = З оприлюднених даних не видно, чи виконано.
fulfilled-no_stage_recorded = Повернень ще не зафіксовано.
fulfilled-no_arithmetic = Чи виконано, обчислити не можна.
progress-bodies = Тіла після повернення, куди: { $party }
identification-of = { $words }, { $stage }
body-under_examination = На дослідженні
body-identified = Ідентифіковано
body-identity_disputed = Належність оспорюється
identification-none = Ідентифікація: нічого не сказано
returned-not-identified = Повернуто — ще не означає ідентифіковано.
### /claims, /claim

claims-heading = Твердження
claims-context-heading = Поза обміном
claims-none = Жодного твердження ще не записано.
claim-title = { $id } · { $status }
claim-reported = повідомлено, не підтверджено
claim-disputed = оспорюється
claim-confirmed_one = підтверджено однією стороною
claim-confirmed_both = підтверджено обома сторонами
claim-refuted = спростовано
claim-withdrawn-by-speaker = відкликано тим, хто це сказав
claim-context = Стосується не самого обміну.
claim-about = Чого стосується: { $record }
stance-asserts = Хто стверджує: { $speakers }
stance-confirms = Хто підтверджує: { $speakers }
stance-denies = Хто заперечує: { $speakers }
stance-declines = Хто не підтверджує й не заперечує: { $speakers }
stance-withdraws = Хто відкликав свої слова: { $speakers }
stance-noted = — { $notes }
stance-general = сказано про кілька звинувачень разом
stance-hedged = сказано як припущення
read-in-sources = прочитано в { $sources }
claim-counts-nowhere = Це число не додано до жодного підсумку.
see-also = Дивіться також:
see-also-claim = { $id } · { $text }
claim-unknown =
    Твердження з таким номером немає.
    Пишіть так: /claim { $example }. Усі твердження: /claims
claim-withdrawn = { $id } відкликано. Тут його більше не показано.
named-source = джерело { $id }
named-claim = твердження { $id }
named-total = названий підсумок { $id }
### Corrections, history

change-was = Було: { $what }
change-now = Стало: { $what }
change-added = Додано: { $what }
change-removed = Вилучено: { $what }
change-elsewhere = Змінено: { $what }
change-of = { $field }: { $value }
change-towards = куди: { $party } — { $value }
change-more = Інших змін: { $count }
changed = { $field ->
    [day] день
    [other_day] інший день
    [lifecycle] стан
    [kind] вид
    [scope] чого стосується
    [categories] хто
    [direction] напрямок
    [unit] кого враховано
    [number] кількість
    [identification] після повернення
    [ordinal] як його нумерують
    [further_stages] наступні етапи
    [words] як надруковано
    [since] перший день підрахунку
    [through] останній день підрахунку
    [confirmation] хто підтвердив
    [speaker] хто сказав
    [stance] хто що каже
    [composition] серед повернутих
    [source] джерело
    [link] посилання
    [type] вид джерела
    [wording] формулювання
   *[other] інша подробиця
}
ordinal = { $counting }: { $number }
unit-person = люди
unit-body = тіла
scope-exchange = обмін
scope-context = те, що відбувалося поза обміном
scope-agreement = етапи домовленості
scope-other = щось інше
reason = Причина: { $reason }
reason-typo = описка
reason-source_corrected = джерело виправило свої дані
reason-new_figure = нова кількість
reason-wrong_attribution = слова приписано не тому, хто їх сказав
reason-duplicate = записано двічі
reason-wrong_date = день був неправильний
reason-translation = переклад був неправильний
reason-personal_data_redacted = вилучено особисті дані
reason-retracted_by_source = джерело відмовилося від своїх слів
history-heading = { $id } · усі версії, спочатку новіші
history-unknown =
    Запису з таким номером немає.
    Пишіть так: /history { $example }
past-title = Версія { $revision } · { $moment }
past-correction = { $title } · { $id }
past-recorded = Записано вперше.
past-withdrawn = Відкликано: більше не враховано.
past-restored = Більше не відкликано.
past-erased = Вилучено, бо містило щось особисте. Більше ніде не показується.
past-was-erased = Замість вилученої версії.
corrections-heading = Виправлення, спочатку новіші
corrections-none = Ще нічого не виправлено.
correction-title = { $id } · { $record } · { $moment }
### Alerts

alert-first = № { $number } · { $news }
alert-first-repeat = Повтор № { $number } · { $news }
alert-new = Новий етап: { $day }
alert-update = Оновлення до № { $number }: { $day }
alert-state = { $told ->
    [figure] Оприлюднено кількість.
   *[other] { $state ->
        [completed] Завершено.
        [under_way] Триває.
        [postponed] Відкладено.
        [cancelled] Скасовано.
       *[announced] Оголошено, ще не почалося.
    }
}
alert-expected = День — очікуваний.
alert-repeat = Невідомо, чи перше таке повідомлення до вас дійшло.
alert-claim = { $told ->
    [claim] Нове твердження
    [rebuttal] Нове заперечення твердження
   *[other] Новини про твердження
}
alert-claim-to = { $told ->
    [rebuttal] Заперечення до № { $number }
   *[other] Оновлення до № { $number }
}
alert-judges-nothing = Так стверджують; бот цього не оцінює.
alert-correction = Виправлення до № { $number }
alert-correction-first = Виправлення
alert-withdrawal = Відкликано: № { $number }
alert-withdrawal-first = Відкликано
alert-taken-back = Що відкликано: { $what }
alert-counts-no-more = Це більше не враховано. Що відомо тепер:
alert-shown-no-more = Тут цього більше не показано.
alert-record-day = { $record }, { $day }
alert-code = Перевірка: /verify { $code }
mark-corrected = Виправлено, дивіться № { $number }
mark-withdrawn = Відкликано, дивіться № { $number }. Сказане нижче більше не діє.
mark-before = Як було надіслано:
mark-reworded = Текст виправлено { $day }
scam-line = Жодна офіційна установа не бере грошей за відомості, списки чи звільнення.

### /start

bot-name = Homeward
bot-short-description = Обмін, що відбувається етапами: хто, що й коли сказав. Незалежний бот, не офіційна установа.
bot-description =
    Цей бот стежить за обміном військовополоненими, що відбувається етапами: що оголошено, що відбулося, хто й коли про це сказав. Це не офіційна установа; бот не стає на чийсь бік і не бере грошей. Відомостей про окремих людей у нього немає.
choose-language = Будь ласка, оберіть мову.
what-it-is =
    Цей бот стежить за обміном військовополоненими, що відбувається етапами: що оголошено, що відбулося, хто й коли про це сказав.

    Це не офіційна установа. Бот не стає на чийсь бік, не вигадує чисел і не бере грошей.

    Бот не має відомостей про окремих людей. Будь ласка, не надсилайте імен.
consent-heading = Чи надсилати вам сповіщення?
consent =
    Тоді бот писатиме вам, коли записано новий етап або коли етап змінився.

    Для цього він зберігає зашифрований номер цього чату, вашу мову, обрані теми, час вашої згоди та які сповіщення до вас дійшли. Жодного імені й нічого з того, що ви пишете.

    Будь ласка, зважте: Telegram знає, хто розмовляє з цим ботом, а чати з ботами не мають наскрізного шифрування. Цей чат побачить кожен, хто візьме ваш телефон.

    Припинити можна будь-коли: /unsubscribe. Команда /forget одразу видаляє все. Докладніше: /privacy
subscribed-heading = Сповіщення ввімкнено
subscribed =
    Ви отримаєте сповіщення, коли записано етап обміну людьми або коли він змінився.

    Сповіщення про тіла загиблих вимкнено. Їх можна ввімкнути в налаштуваннях; тоді вони надходитимуть без звуку.

    Припинити: /unsubscribe. Видалити все, що збережено про вас: /forget
not-subscribed =
    Сповіщень не буде, і про вас нічого не збережено. Читати тут усе можна будь-коли.
    Якщо передумаєте: /subscribe

### /settings and what is kept

settings-heading = Налаштування
settings-language = Мова: { $language }
settings-no-alerts = Сповіщення: вимкнено
settings-alerts = Сповіщення: увімкнено
settings-people = Люди: { $state ->
    [on] увімкнено
   *[off] вимкнено
}
settings-bodies = Тіла загиблих: { $state ->
    [on] увімкнено
    [silent] увімкнено, без звуку
   *[off] вимкнено
}
settings-claims = Твердження: { $state ->
    [on] увімкнено
   *[off] вимкнено
}
settings-explained = Щоб щось змінити, натисніть кнопку.
unsubscribed =
    Сповіщень більше не буде.
    Ще зберігаються зашифрований номер цього чату, ваша мова та ваш вибір. Команда /forget видаляє і це.
language-question = Будь ласка, оберіть мову.
language-kept = Відтепер бот відповідає українською.
language-not-kept =
    Щоб запам'ятати українську, бот мав би зберігати зашифрований номер цього чату та цей вибір, більше нічого. Команда /forget одразу видаляє і те, і те.
    Інакше він відповідає мовою вашого застосунку Telegram.
mydata-heading = Що збережено про вас
mydata-address =
    Зашифрований номер цього чату: відкрити його може лише ключ, який зберігається окремо.
    Відбиток цього номера, щоб його знайти.
mydata-language = Мова: { $language }
mydata-alerts = Сповіщення: { $state ->
    [on] увімкнено
   *[off] вимкнено
}
mydata-since = Зберігається з { $moment }
mydata-consent = Ви погодилися з текстом про сповіщення, версія { $version }
mydata-deliveries = Для кожного надісланого вам сповіщення: чи воно дійшло, і номер його повідомлення.
mydata-moderator =
    Ви модератор цього бота. Зберігаються: ваш номер у Telegram у зашифрованому вигляді, ваша роль, ваші чернетки та записи під псевдонімом { $pseudonym }.
mydata-nothing-else = Більше нічого: ні імені, ні імені користувача, нічого з того, що ви пишете.
nothing-kept = Про вас нічого не збережено.
forget-ask =
    Видалити все, що збережено про вас?
    Сповіщення припиняться одразу. Скасувати це не можна.
forgotten =
    Видалено. Про вас більше нічого не збережено.
    Якщо захочете повернутися: /start
nothing-changed = Нічого не змінено.

### /verify, /cite, /asof

verify-ours = № { $number } — сповіщення цього бота
verify-published = Опубліковано { $moment }
verify-code = Код перевірки: { $code }
verify-current = Нічого новішого про це не опубліковано.
verify-updated = Новіші сповіщення про те саме: № { $numbers }
verify-corrected = Виправлено, дивіться № { $numbers }. Що змінилося:
verify-withdrawn = Відкликано, дивіться № { $number }. Сказане нижче більше не діє.
verify-stopped = Його надсилання зупинено, перш ніж воно дійшло до всіх.
verify-words = Що в ньому сказано, слово в слово:
verify-redacted = Його текст вилучено, бо в ньому було щось особисте.
verify-not-ours = Такого сповіщення в цього бота немає
verify-not-ours-words =
    Із цим кодом тут нічого не публікували. Якщо хтось передав це як наше, не покладайтеся на нього.
verify-how = Код стоїть унизу кожного сповіщення. Пишіть так: /verify { $example }
cite-heading = Як посилатися на { $id }
cite-of = { $what }, { $agreement }
cite-claim = { $id } «{ $text }»
cite-reference = Homeward, { $what }, версія { $revision } від { $moment }.
cite-read-in = { $reference } Прочитано в: { $sources }.
cite-linked = { $reference } { $link }
cite-unknown =
    Запису з таким номером немає.
    Пишіть так: /cite { $example }
cite-withdrawn = { $id } відкликано. На нього більше не слід посилатися.
asof-known = Що було відомо на { $moment }
asof-nothing = На { $moment } ще нічого не було записано.
asof-how =
    Такого дня не розпізнано. Пишіть так, за UTC:
    /asof { $moment }
    або { $day }, з часом чи без нього.

### /export

export-heading = Загальнодоступні записи у файлах
export-numbers = Кількості: кожна, яку хтось назвав, за етапами й напрямками, таблицею (CSV).
export-claims = Твердження: хто стверджує і хто заперечує кожне, таблицею (CSV).
export-records = Усе, всіма мовами, для програм (JSON).
export-licence = Вільно для використання за ліцензією MIT; будь ласка, зазначайте Homeward і день.

### Fixed texts

help-heading = Про що можна спитати
help-command = /{ $command } — { $does }
help-words = Кнопки під кожним повідомленням ведуть далі. Те, що ви пишете, не зберігається.

privacy-heading = Конфіденційність
privacy =
    Без вашої згоди про вас нічого не зберігається. Тоді мову бот щоразу визначає за вашим застосунком Telegram.

    Якщо ви хочете сповіщень, зберігається:
    – зашифрований номер цього чату та його відбиток, щоб його знайти; ключ зберігається окремо;
    – ваша мова, обрані теми, час вашої згоди та версія тексту, з яким ви погодилися;
    – для кожного сповіщення: чи воно дійшло до вас, і номер його повідомлення.

    Ніколи не зберігається: ваше ім'я, ім'я користувача, номер телефону, те, що ви пишете.

    Команда /forget видаляє все одразу. Так само діє блокування бота, щойно він про нього дізнається. Що збережено, показує /mydata.

    Ніхто не може скласти список тих, хто читає цього бота. Модератори бачать лише округлену кількість. Нікому нічого не передається, читання не вимірюється.

    Telegram знає, хто розмовляє з цим ботом, а чати з ботами не мають наскрізного шифрування.

    Відповідає за це той, хто утримує цю копію бота.

about-heading = Про Homeward
about =
    Homeward стежить за обміном військовополоненими, що відбувається етапами. Це реєстр: хто, що й коли сказав і як це узгоджується із зобов'язаннями. Він не вигадує чисел, не стає на чийсь бік і не називає імен полонених.

    Це не офіційна установа. Бота утримує оператор цієї копії.

    Що він обіцяє щодо сповіщень. Спершу збережено. Щонайменше один раз, нічого не зникає. Повтори можливі, рідкісні, обмежені й позначені. По порядку, лише відкликання йде першим. Не обіцяно: рівно один раз.

    Ваш запит підтверджується для Telegram лише після обробки. Після збою його може бути оброблено ще раз: наслідок записується один раз, але відповідь може надійти двічі.

safety-heading = Стережіться шахраїв
safety =
    { scam-line }

    Шахраї просять гроші за місце у списку, за лікування, за передачу, за зміну статусу. Вони просять дані картки або коди з повідомлень. Вони погрожують або пропонують розшук.

    Цей бот ніколи не просить грошей, імен, фотографій, даних картки чи кодів і ніколи не пише вам про конкретну людину.

    Будь ласка, не публікуйте імен, підрозділів і фотографій зниклих безвісти. Людина в полоні може мати причини залишатися невпізнаною.

    Допомогти можуть, і ніхто з них не бере грошей:
    { whom-to-turn-to }
whom-to-turn-to =
    – Бюро Центрального агентства з розшуку, Міжнародний Комітет Червоного Хреста
    – Координаційний штаб з питань поводження з військовополоненими, Україна
    – Уповноважений Верховної Ради України з прав людини
    – Уповноважений з прав людини в Російській Федерації
warm =
    Я бот, який стежить за обміном загалом. Про окремих людей я нічого не знаю, і того, що ви написали, не зберігаю.

    Якщо ви чекаєте на близьку людину, мені шкода, що я не можу допомогти вам у пошуку.

    Допомогти можуть, і ніхто з них не бере грошей:
    { whom-to-turn-to }
unknown-command = Такої команди немає. Про що можна спитати, показує /help.
something-went-wrong = На нашому боці стався збій. Будь ласка, спробуйте ще раз за кілька хвилин.
store-full = Нічого не збережено й нічого не надіслано: у нашому сховищі скінчилося місце. Спробуйте, будь ласка, пізніше.
group = Цей бот працює лише в особистих чатах, тому він виходить із цієї групи.
stale-button = Ця кнопка застаріла. Поточний стан відкриває /status.
crowd = Зараз запитує багато людей. Будь ласка, спробуйте ще раз за хвилину.

### Commands

command-start = почати, обрати мову
command-status = стан обміну
command-stages = усі етапи
command-stage = один етап за його номером
command-sources = усі джерела
command-source = одне джерело за його номером
command-history = як запис набув теперішнього вигляду
command-corrections = що виправлено і чому
command-asof = стан, яким його знали певного дня
command-cite = посилання на один запис, щоб скопіювати
command-verify = чи наше це сповіщення і чи воно ще чинне
command-export = загальнодоступні записи у файлах
command-settings = сповіщення, теми, мова
command-subscribe = отримувати сповіщення
command-unsubscribe = припинити сповіщення
command-language = змінити мову
command-help = про що можна спитати
command-safety = стережіться шахраїв; хто може допомогти
command-privacy = що про вас зберігається, а що ні
command-mydata = усе, що збережено про вас
command-forget = видалити все, що збережено про вас
command-about = що це за бот і що він обіцяє
command-progress = кожне зобов'язання і хід його виконання
command-claims = твердження, спочатку ті, що оспорюються
command-claim = одне твердження за його номером
command-record = записати етап
command-drafts = ваша відкрита чернетка
command-correct = виправити опубліковане
command-withdraw = відкликати опубліковане
command-redact = стерти особисті дані назавжди
command-freeze = затримати всі сповіщення
command-thaw = відновити надсилання

### Buttons

button-status = Стан
button-stages = Етапи
button-all-stages = Усі етапи
button-stage = { $id } · { $day }
button-stage-alone = Етап { $id }
button-sources = Джерела
button-all-sources = Усі джерела
button-source = Джерело { $id }
button-alert = № { $number }
button-known-now = Що відомо зараз
button-copy = Скопіювати
button-copy-link = Скопіювати посилання
button-export-numbers = Кількості (CSV)
button-export-claims = Твердження (CSV)
button-export-records = Усе (JSON)
button-details = Докладніше
button-check = Перевірити це повідомлення
button-history = Історія змін
button-history-of = Історія змін { $id }
button-corrections = Виправлення
button-cite = Цитувати
button-earlier-page = ‹ Новіші
button-later-page = Давніші ›
button-page-back = ‹ Назад
button-page-on = Далі ›
button-progress = Хід виконання
button-disputed = Оспорюється ({ $count })
button-claims = Твердження
button-claim = { $id }
button-all-claims = Усі твердження
button-settings = Налаштування
button-help = Допомога
button-safety = Стережіться шахраїв
button-privacy = Конфіденційність
button-mydata = Що збережено про мене
button-onward = Далі
button-consent = Так, надсилайте сповіщення
button-no-consent = Ні, я лише читатиму
button-subscribe = Увімкнути сповіщення
button-unsubscribe = Вимкнути сповіщення
button-people-on = Люди: увімкнути
button-people-off = Люди: вимкнути
button-bodies-on = Тіла загиблих: увімкнути
button-bodies-off = Тіла загиблих: вимкнути
button-bodies_silent-on = Тіла загиблих: без звуку
button-bodies_silent-off = Тіла загиблих: зі звуком
button-claims-on = Твердження: увімкнути
button-claims-off = Твердження: вимкнути
button-language = Мова
button-keep-language = Запам'ятати мій вибір
button-keep-nothing = Нічого не зберігати
button-forget = Видалити збережене
button-forget-yes = Так, видалити все
button-forget-no = Ні, нічого не змінювати

### Moderators: the draft

draft-new = Новий етап, чернетка
draft-adding = Доповнення до { $id }, { $day }
draft-note = Не прийнято: { $sentence }
draft-field = { $field }: { $answer }
draft-missing = Бракує: { $what }
draft-doubtful = Перевірте ще раз: { $sentence }
draft-unfinished = У вас є відкрита чернетка
draft-no-agreement =
    Етап належить до домовленості, а жодної ще не записано.
    Завантажте файл реєстру на машині, де працює бот: homeward load FILE
draft-nothing-to-correct =
    Етапу, твердження чи оголошеної суми з таким номером не опубліковано.
    Пишіть так: /correct { $example }
draft-none = Відкритої чернетки немає. Її починає /record.
draft-discarded = Чернетку відкинуто. Нічого не записано.
draft-moved-down = Чернетка продовжується нижче.
draft-undone =
    Скасовано. Сповіщення ніхто не отримав, запис відкликано.
    Чернетку збережено.
nothing = нічого
nobody-yet = ще ніхто
number = { $value }

field = { $field ->
    [begin] вид
    [lifecycle] стан
    [date] дата
    [categories] хто
    [directions] напрямок
    [sources] джерела
    [about] про що
    [text] текст
    [detail] докладніше
    [qualifier] число
    [see_also] див. також
    [unit] кого враховано
    [speaker] хто каже
    [counted] що враховано
    [words] враховано
    [since] з дня
    [through] до дня включно
    [reason] причина
    [said_on] день
    [source] джерело
    [stance_kind] позиція
   *[confirmations] хто підтверджує
}
kind-persons = військовополонені
kind-bodies = тіла загиблих
kind-urgent_medical = невідкладний обмін за станом здоров'я

ask-begin = Що записати?
ask-lifecycle = Який стан етапу?
ask-date =
    Який день?
    Рік обирайте, лише якщо його вказано в джерелі.
ask-categories =
    Про яких людей ідеться?
    Обирайте те, що каже джерело; можна кілька.
ask-directions = У який бік?
ask-sources =
    Де це прочитано?
    Надішліть посилання на джерело, по одному в повідомленні.
ask-confirmations =
    Хто це підтверджує?
    Обирайте лише тих, хто каже це в джерелі.
ask-figure =
    Куди: { $direction } — скільки?
    Обирайте слово того, хто говорить.
ask-number = Куди: { $direction } — яке число?
ask-speaker = Хто це каже?
number-asked = Будь ласка, напишіть його. Буде так: { $qualifier } …
number-range = Напишіть обидва числа через тире.
qualifier-exact = рівно
qualifier-at_least = щонайменше
qualifier-more_than = понад
qualifier-about = приблизно
qualifier-at_most = щонайбільше
qualifier-range = від … до

preview-readers = Одержувачів: { $readers }. Мов: { $languages }
preview-duration = Це триватиме приблизно { $duration }
preview-quiet = Сповіщення про це не буде. Прочитати можна одразу.
preview-marked = Попередніх повідомлень, що зміняться: { $count }
preview-silent = Нового повідомлення не буде: попередні виправляються без звуку.
preview-checked = Перевірки: зауважень немає.
preview-outdated = Реєстр змінився після цього перегляду. Будь ласка, зробіть новий.
already-published = Уже опубліковано, № { $number }.
recorded-quietly = Записано в { $id }. Сповіщення не надсилалося.

problem-stale-button = ця кнопка застаріла; ось чернетка, якою вона є.
problem-text-too-long = текст задовгий; надішліть, будь ласка, лише посилання або число.
problem-nothing-asked = зараз нічого писати не треба; скористайтеся, будь ласка, кнопками.
problem-only-text = зображення, файли та переслані повідомлення не приймаються; напишіть, будь ласка, відповідь.
problem-number-expected = напишіть, будь ласка, одне ціле число цифрами.
problem-range-expected = напишіть, будь ласка, два цілі числа через тире, спочатку менше.
problem-lifecycle-moves-back = із теперішнього стану етап не може перейти в цей.
problem-source-recorded = це джерело вже записано, воно залишається.
problem-figure-recorded = число від цього мовця вже записано; інше було б виправленням.
problem-correction-needed = це змінює записане; тут можна лише доповнити.
problem-nothing-added = ще нічого не додано.
problem-hidden-characters = у тексті є приховані знаки; наберіть його, будь ласка, заново.
problem-link-broken = це не повне посилання; воно починається з http і називає сайт.
problem-link-disguised = це посилання може вести не туди, куди здається; надішліть, будь ласка, звичайну адресу сторінки.
problem-link-too-long = посилання задовге; надішліть, будь ласка, звичайну адресу сторінки.
problem-no-source = джерело
problem-no-direction = напрямок
problem-no-date = дата
problem-future-date = цей день ще не настав; етап, що відбувся, не може його мати.
problem-same-stage = на той самий день уже записано { $value }; доповніть його.
problem-source-not-listed = використано джерело, якого немає серед джерел.
problem-outlet-confirms = видання повідомляє, але не підтверджує. Оберіть установу, яку воно цитує.
problem-not-a-party = напрямок не є стороною цієї домовленості.
problem-direction-twice = напрямок названо двічі.
problem-people-and-bodies = люди й тіла не можуть бути в одному етапі.
problem-figure-zero = число не може бути нулем; якщо його не оприлюднено, оберіть саме це.
problem-label-missing = бракує назви однією з мов.
problem-same-party-twice = домовленість потребує двох різних сторін.
problem-unknown-reference = названо те, чого немає в реєстрі: { $value }
problem-ordinal-below-one = чийсь номер етапу починається з одиниці.
problem-day-not-another = інший день збігається з днем етапу.
problem-parts-do-not-fit = частини не узгоджуються з числом, яке той самий мовець називає для всіх разом.
problem-identified-people = ідентифікацію записують лише для тіл.
problem-identified-beyond-returned = досліджуваних та ідентифікованих тіл більше, ніж, за словами того самого мовця, передано.
problem-several-speakers = підсумок має одного мовця; підсумок іншого записують окремо.
problem-counts-what = не сказано, що рахує цей підсумок.
problem-no-number = число або слова замість нього
problem-ends-before-it-begins = останній врахований день передує першому.
problem-nobody-asserts = не записано нікого, хто це сказав.
problem-refers-to-itself = твердження не може посилатися на себе.
problem-wording-too-long = формулювання задовге; скоротіть його, будь ласка.
problem-number-without-figure = у формулюванні є число, не записане як його число.
problem-link-in-text = у тексті є посилання; посиланням місце серед джерел.
problem-mail-address = у тексті є адреса електронної пошти; її не можна записати.
problem-handle-in-text = у тексті є назва облікового запису; її не можна записати.
problem-bank-account = у тексті є номер рахунку чи гаманця; його не можна записати.
problem-unit-number = у тексті є номер військової частини; його не можна записати.
problem-birth-date = у тексті є дата народження; її не можна записати.
problem-card-number = у тексті є номер платіжної картки; його не можна записати.
problem-phone-number = у тексті є номер телефону; його не можна записати.

### Moderators: claims and stated totals

draft-new-claim = Нове твердження, чернетка
draft-stance = Позиція щодо { $id }, чернетка
draft-new-total = Нова оголошена сума, чернетка
draft-correcting = Виправлення { $id }, чернетка
draft-was = – було: { $answer }
field-in-language = { $field }, { $language }
id = { $id }
read-at = прочитано: { $place }
about-exchange = обмін загалом
about-context = те, що відбувалося довкола
taking-asserts = стверджує
taking-confirms = підтверджує
taking-denies = заперечує
taking-declines = не підтверджує і не заперечує
taking-withdraws = відкликає
manner-general = про кілька звинувачень одразу
manner-hedged = як можливість
total-unit-person = люди
total-unit-service_member = військовослужбовці
total-unit-civilian = цивільні особи
total-unit-body = тіла загиблих
total-both_not_split = в обидва боки разом
total-not_stated = напрямок не вказано
counted-agreement = етапи цієї домовленості
counted-other = щось інше

ask-claims = Щодо якого твердження?
ask-about = Про що твердження?
ask-text =
    Що стверджують?
    Одне коротке речення своїми словами, без епітетів.
ask-detail =
    Що стверджують іще?
    Лише те, чого немає в короткому тексті.
words-asked = Будь ласка, напишіть цією мовою: { $language }
ask-qualifier =
    Що означає це число?
    Оберіть слово самого мовця.
ask-stance_kind = Що робить мовець?
ask-source =
    Де це прочитано?
    Надішліть посилання або оберіть відоме джерело.
ask-said_on =
    Якого дня це сказано?
    Рік обирайте, лише якщо його друкує джерело.
ask-stance = Усе правильно?
ask-stated = Усе правильно?
ask-see_also =
    Які твердження йому суперечать?
    Оберіть ті, що з ним не узгоджуються.
ask-unit = Кого враховано?
ask-counted = Що враховує ця сума?
ask-words =
    Що саме враховано?
    Кількома словами, як у джерелі.
ask-since = З якого дня рахують?
ask-through = До якого дня включно рахують?
ask-reason = Чому це виправляють?


problem-one-line-expected = напишіть, будь ласка, один рядок тексту.
problem-nothing-changed = ще нічого не змінено.
problem-changed-meanwhile = { $value } змінено вже після того, як розпочато цю чернетку виправлення; відкиньте її та почніть заново.

caution-mixed-scripts = в одному слові змішано латинські та кириличні літери.
caution-published-in-the-future = сторінку датовано майбутнім днем.
caution-read-before-published = сторінку прочитано раніше за день, яким її датовано.
caution-source-twice = цю сторінку вже записано як { $value }.
caution-figures-apart = числа для одного напрямку не можуть бути правильними всі разом.
caution-perhaps-same-stage = можливо, це той самий етап, що й { $value }.
caution-source-before-event = { $value } датовано днем до події, про яку йдеться.
caution-said-before-event = підтвердження датовано днем до події.
caution-total-through-no-day = не сказано, по який день рахує ця сума.
caution-total-does-not-fit = ця сума не узгоджується із задокументованим.
caution-claim-twice = { $value } має ті самі слова.
caution-said-after-published = { $value } датовано днем до того, як було сказано наведені з нього слова.
caution-outlet-counts = мовцем названо видання; оберіть того, кого воно цитує, якщо це зазначено.

button-new-claim = Нове твердження
button-new-stance = Позиція до твердження
button-new-total = Оголошена сума
button-claim-text = { $id } · { $text }
button-known-source = { $id } · { $publisher }
button-about = Про що
button-text = Текст
button-detail = Докладніше
button-no-detail = Більше нічого
button-qualifier = Що означає число
button-see_also = Див. також
button-stance = { $place }. { $speaker } { $stance }
button-add-stance = Додати позицію
button-drop-stance = Прибрати цю позицію
button-stance_kind = Позиція
button-speaker = Хто каже
button-said_on = День
button-where = Де прочитано
button-general = Про кілька звинувачень одразу
button-hedged = Як можливість
button-unit = Кого враховано
button-number = Число
button-counted = Що враховано
button-words = Слова про це
button-since = Перший день
button-through = Останній день
button-statement = { $place }. { $speaker }
button-add-statement = Прочитано й деінде
button-drop-statement = Прибрати цю заяву
button-reason = Причина

### Moderators: sending

sending-title = № { $number } · { $phase ->
    [waiting] ще не надсилається
    [sending] надсилається
    [stopped] зупинено
    [halted] перервано
    [frozen] затримано
    [superseded] замінено новішим
   *[sent] надіслано
}
sending-starts = Почнеться через { $duration }
sending-halted =
    Telegram відхилив текст цього сповіщення. Більше нічого не надсилається.
    Будь ласка, повідомте оператора.
sending-frozen = Усе надсилання затримано. Те, що чекає, збережено: /thaw
sending-delivered = Доставлено: { $count }. Підписників: { $total }
sending-undeliverable = Не вдалося доставити: { $count }
sending-unknown = Невідомо, чи дійшло: { $count }
sending-cancelled = Уже не надсилатиметься: { $count }
sending-edited = Змінено попередніх повідомлень: { $count }. Усього: { $total }
sending-left = Залишилося приблизно { $duration }
count-none = жодного
count-few = менше ніж { $count }
duration-seconds = { $count } с
duration-minutes = { $count } хв

### Moderators: holding all sending back

freeze-question = Затримати все надсилання?
freeze-explained =
    Жодне сповіщення більше не надсилатиметься, навіть опубліковане раніше. Те, що чекає, збережеться.
    На запитання бот відповідає, як завжди. Інші модератори дізнаються про це.
frozen-heading = Усе надсилання затримано
frozen-since = Від { $moment }, затримує { $moderator }
frozen-explained =
    Жодне сповіщення не надсилається. Опубліковане чекає й зберігається.
    Відновлюють надсилання двоє модераторів; якщо модератор лише один, то він сам.
thaw-proposed-by = { $moderator } пропонує відновити надсилання.
thaw-needs-another =
    Інший модератор підтверджує це командою /thaw.
    Командою /freeze ви відкликаєте пропозицію.
not-frozen = Нічого не затримано: сповіщення надсилаються.
memo-frozen = Усе надсилання затримано: { $moderator }.
memo-frozen-more = Жодне сповіщення не надсилається; опубліковане чекає. Переглянути або відновити: /thaw
memo-thaw_proposed = Надсилання ще затримано; { $moderator } пропонує його відновити.
memo-thaw_proposed-more =
    Воно відновиться, коли це підтвердить інший модератор: /thaw
    Щоб залишити його затриманим, нічого не робіть або відкличте пропозицію командою /freeze.
memo-thawed = Надсилання відновлено; підтверджує { $moderator }.
memo-thawed-more = Те, що чекало, тепер надсилається.
memo-halted = № { $number } зупинено: помилка тексту.
memo-missed = Бот не мав зв'язку з Telegram: { $since } – { $until }.
memo-missed-more =
    Telegram зберігає написане ботові одну добу; що чекало довше, те втрачено.
    Жодного сповіщення не втрачено, читачам про це не повідомлено.
    Якщо ви тоді щось писали або натискали, зробіть це ще раз.

### Модератори: відкликання

withdraw-question = Відкликати { $id }?
withdraw-leaves = Запис одразу зникне зі списків і підсумків, але залишиться в історії.
withdraw-tells = Ті, кого про нього сповістили, про це дізнаються; їхні повідомлення буде позначено.
withdraw-told = Сповіщень про це: { $alerts }. Читачів, до яких вони могли дійти: { $readers }
withdraw-untold = Про це нікого не сповіщали.
withdraw-why = Чому? Далі буде показано, що отримають читачі.
withdraw-at-once = Надсилається негайно, раніше за все, що чекає.
withdraw-no-undo = Скасувати це неможливо.
withdraw-nothing =
    Нічого з таким номером не опубліковано.
    Напишіть так: /withdraw { $example }
withdraw-rested-on =
    { $id } зараз відкликати не можна, на це спираються інші записи: { $records }
    Спершу відкличте їх або виправте командою /correct.
withdrawn-quietly = { $id } відкликано. Про це нікого не сповіщали.
memo-withdrawn = { $moderator } відкликає { $id }.
memo-withdrawn-more =
    Ті, кого про це сповістили, вже отримують повідомлення. Що це було: /history { $id }
    Якщо це помилка, /freeze одразу зупинить усе надсилання.
button-withdraw = Відкликати { $id } зараз

### Модератори: стирання особистих даних

redact-question = Стерти минуле запису { $id }?
redact-hidden = Уже приховано як особисті дані. Версій: { $count }
redact-explained =
    Назавжди зникне: що було в цих версіях, слова сповіщень, складених із них, чернетки про це.
    Залишиться, коли, ким і чому це зроблено. Скасувати це неможливо.
redact-proposed-by = { $moderator } пропонує це стерти.
redact-needs-another =
    Запропоновано вами. Підтверджує інший модератор: /redact { $id }
    Доти це зберігається, але нікому не показується.
redact-once-more = Публікувати тут можете лише ви: натисніть ще раз, щоб стерти.
redact-correct-first =
    З { $id } ще нічого не вилучено як особисті дані.
    Спершу виправте запис: /correct { $id }, причина «вилучено особисті дані». Або відкличте його цілком із цієї причини: /withdraw { $id }
    Від цієї миті їх не видно. Потім /redact { $id } зітре їх назавжди.
redact-erased = Те, що було в { $id } раніше, стерто. Цього більше ніде немає.
redact-nothing =
    Нічого з таким номером ніколи не публікували.
    Напишіть так: /redact { $example }
memo-redaction_proposed = { $moderator } пропонує стерти минуле запису { $id }.
memo-redaction_proposed-more =
    Там були особисті дані. Їх уже не видно, а коли ви підтвердите, їх буде стерто назавжди: /redact { $id }
memo-redacted = Минуле запису { $id } стерто, підтверджує { $moderator }.
memo-redacted-more = Там були особисті дані, більше їх ніде немає.
button-redact = Стерти назавжди
button-redact-confirm = Підтвердити: стерти назавжди
button-redact-look = Подивитися

button-back = До чернетки
button-next = Далі
button-continue = Продовжити
button-discard = Відкинути
button-preview = Переглянути
button-publish = Опублікувати
button-undo = Скасувати
button-stop = Зупинити
button-freeze = Затримати все надсилання
button-thaw = Відновити надсилання
button-thaw-confirm = Підтвердити: відновити
button-add = Доповнити { $id }, { $day }
button-begin = Вид
button-lifecycle = Стан
button-date = Дата
button-categories = Хто
button-directions = Напрямок
button-confirmations = Хто підтверджує
button-figure = Скільки: { $direction }
button-today = Сьогодні, { $day }
button-yesterday = Учора, { $day }
button-no-day = День не вказано
button-year = { $year }
button-no-year = без року
button-month = { $month }, { $year }
button-month-back = ‹ { $month }
button-month-next = { $month } ›
button-no-category = Нікого окремо
button-both-directions = В обидва боки
button-one-direction = Лише { $direction }
button-drop = Прибрати { $source }
button-both-sides = Обидві сторони
button-nobody-yet = Ще ніхто
