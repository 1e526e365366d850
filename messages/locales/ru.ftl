# Слова Homeward по-русски. Правила для переводчиков — в начале en.ftl.

language-name = Русский

### Things of the ledger

agreement-title = { $name }, { $day }
day = { $day }
no-day = день не указан
not-stated = не указано
unknown = неизвестно
and-more = и ещё { $count }
words = «{ $words }»
words-foreign = «{ $words }» (язык: { $language })
cut = Остальное не помещается в одно сообщение.

quantity-exact = { $value }
quantity-at_least = по меньшей мере { $value }
quantity-more_than = более { $value }
quantity-about = примерно { $value }
quantity-at_most = максимум { $value }
quantity-range = от { $value } до { $high }
quantity-and-words = { $quantity }; как напечатано: { $words }
not-published = число не опубликовано
not-published-but-words = число не опубликовано; как напечатано: { $words }
no-number = Число не опубликовано
total-not-known = общее число неизвестно
approximate-in-part = { $quantity } (этапов: { $count } из { $stages })
no-return-recorded = возвращений не отмечено
figure-of = { $quantity } ({ $speaker })
figures-differ = данные расходятся: { $figures }
who-differs = кто они — данные расходятся: { $figures }
figure-in-parts = { $quantity } ({ $parts })
figure-among = { $quantity }, среди них { $parts }
quantity-of = { $who }: { $quantity }

who-prisoners = Военнопленные
who-civilians = Гражданские лица
who-prisoners-and-civilians = Военнопленные и гражданские лица
who-bodies = Тела погибших
who-urgent_medical = Неотложный обмен по состоянию здоровья
who-and-categories = { $who }: { $categories }
unit-civilian = гражданские лица
unit-service_member = военнослужащие

direction = { $party }
towards = { $party }
direction-of = { $party }, { $who }
direction-line = { $direction }: { $number }
direction-number = Куда: { $direction } — { $number }
directions = { $state ->
    [completed] { $ways ->
        [both] Возвращены в обе стороны. Куда:
       *[one] Возвращены в одну сторону. Куда:
    }
    [under_way] { $ways ->
        [both] Возвращают в обе стороны. Куда:
       *[one] Возвращают в одну сторону. Куда:
    }
    [announced] { $ways ->
        [both] Запланировано возвращение в обе стороны. Куда:
       *[one] Запланировано возвращение в одну сторону. Куда:
    }
   *[other] { $ways ->
        [both] Было запланировано возвращение в обе стороны. Куда:
       *[one] Было запланировано возвращение в одну сторону. Куда:
    }
}

state-announced = объявлено
state-under_way = проводится
state-completed = завершено
state-postponed = отложено
state-cancelled = отменено

confirmed-both = Подтверждено обеими сторонами
confirmed-one = Подтверждено одной стороной: { $party }
confirmed-third = Подтверждено третьей стороной
confirmed-none = Сообщается, не подтверждено
said-by = Кто сообщил: { $speakers }
numbers-by = Кто назвал число: { $speakers }
read-in = Где прочитано: { $places }
according-to = По данным: { $speakers }

### /status

status-empty =
    Пока ничего не записано.
    Как только будет записан первый этап, о нём можно будет прочитать здесь.
status-empty-owner =
    Чтобы начать, загрузите файл реестра на машине, где работает бот:
    homeward load FILE
    Затем /record откроет черновик этапа. Для него нужна договорённость, а она приходит с файлом.
status-stages = { $count-plural ->
    [one] Завершён { $count } этап
    [few] Завершено { $count } этапа
   *[many] Завершено { $count } этапов
}
status-stages-last = { $count-plural ->
    [one] Завершён { $count } этап, последний { $day }
    [few] Завершено { $count } этапа, последний { $day }
   *[many] Завершено { $count } этапов, последний { $day }
}
status-no-stage = Завершённых этапов пока нет
status-under_way = Проводится: { $stages }
status-announced = Объявлено: { $stages }
status-people-returned = Куда возвращены люди
status-people-none = Люди: возвращений не отмечено
status-gaps = Этапов без опубликованного числа: { $count }
status-gaps-of = { $party }, этапов без числа: { $count }
status-approximate = Примерные данные, не прибавлены: { $numbers }
status-bodies-none = Тела погибших: возвращений не отмечено
status-bodies-returned = Куда возвращены тела погибших: { $numbers }
status-confirmed-by-both-some = Подтверждено обеими сторонами: { $count } из { $total }
status-confirmed-by-both-none = Обеими сторонами пока не подтверждено
status-no-pledge = Обязательство: не записано
as-of = Данные на { $moment }

pledged = Обязательство: { $pledges }
bodies-pledged = Обязательство по телам: { $pledges }
pledge-each-way = { $quantity } в каждую сторону
pledge-to = { $party } — { $quantity }
pledge-noted = { $pledge } ({ $notes })
note-together = в обе стороны вместе
note-direction-not-stated = направление не указано
note-in-principle = в принципе
all-for-all = «всех на всех» в пределах категории
met = Выполнено ли: { $met }
met-of = { $met } ({ $pledge })
met-met = да, по опубликованным данным
met-not_met_so_far = пока нет
met-cannot_be_determined = неясно
met-no_stage_recorded = завершённых этапов пока нет
met-no_arithmetic = вычислить нельзя

### /stages, /stage

stages-heading = Этапы, сначала новые
stages-none = Ни одного этапа пока не записано.
stage-title = { $id } · { $day } · { $state }
as-printed-together = В обе стороны вместе, как напечатано: { $words }
among-them = { $direction }, среди возвращённых:
branches = Службы: { $branches }
ranks = Звания: { $ranks }
other-day = Назван и другой день: { $day } ({ $speaker })
ordinal-by = Порядковый номер: { $number } ({ $counting }; { $speaker })
further-stages = Следующие этапы: { $number } ({ $speaker })
stage-unknown =
    Этапа с таким номером нет.
    Пишите так: /stage { $example }. Все этапы: /stages
stage-withdrawn = { $id } отозван. Он больше не учитывается.
page = Страница { $page } из { $pages }

### /sources, /source

sources-heading = Источники, сначала новые
sources-explained = Где прочитано всё, что здесь записано.
source-title = { $id } · { $publisher }
source-summary = { $type }; прочитано { $day }
source-type-official_party = Официальный источник стороны
source-type-official_third = Официальный источник третьей стороны
source-type-humanitarian = Гуманитарная организация
source-type-agency = Информационное агентство
source-type-media = Сообщение СМИ
source-type-social = Социальные сети
source-language = Язык: { $language }
source-published = Опубликовано: { $day }
source-read-on = Прочитано: { $day }
source-link = Ссылка: { $link }
source-no-link = Ссылка: не указана
source-archived = Архивная копия: { $link }
source-reliability = Источник: { $words } ({ $grade })
reliability-completely = вполне надёжный
reliability-usually = обычно надёжный
reliability-fairly = довольно надёжный
reliability-not_usually = обычно ненадёжный
reliability-unreliable = ненадёжный
reliability-cannot_be_judged = о надёжности судить нельзя
source-graded = { $record } ({ $grade })
grade-legend = Буква — источник, цифра — сказанное в нём. { $meanings }
grade-meaning = { $grade }: { $words }
credibility-confirmed = подтверждено другими
credibility-probably_true = вероятно, правда
credibility-possibly_true = возможно, правда
credibility-doubtful = сомнительно
credibility-improbable = маловероятно
credibility-cannot_be_judged = судить нельзя
source-speakers = Кто в нём говорит и в каких записях
source-speaker = { $speaker }: { $records }
source-cited = На источник в целом опираются: { $records }
source-unused = На этот источник пока не опирается ни одна запись.
source-unknown =
    Источника с таким номером нет.
    Пишите так: /source { $example }. Все источники: /sources
source-withdrawn = { $id } отозван.
named-stage = этап { $id }
named-pledge = обязательство { $id }

### /progress

progress-pledge = { $ids } · { $what }
pledged-people = люди, куда: { $party }
pledged-people-each-way = люди, в каждую сторону
pledged-people-unsplit = люди, в обе стороны
pledged-people-unstated = люди, направление не указано
pledged-bodies = тела, куда: { $party }
pledged-bodies-each-way = тела, в каждую сторону
pledged-bodies-unsplit = тела, в обе стороны
pledged-bodies-unstated = тела, направление не указано
progress-promised = Обязательство: { $quantity } ({ $notes })
progress-documented = Задокументировано: { $number }
progress-documented-to = Задокументировано, { $party }: { $number }
progress-silent = Этапов без числа: { $count } из { $stages }
total-stated = Назван итог: { $quantity } ({ $notes })
total-since = с { $day }
total-through = по { $day } включительно
total-no-end = последний день не указан
total-beside = Также названо: { $quantity } ({ $notes })
total-unfit = Названные итоги и этапы не согласуются.
from-stated-total = { $quantity } (по названному итогу)
progress-share = От обязательства: по меньшей мере { $percent } %
progress-remaining = Остаётся: максимум { $count }
fulfilled-met = Выполнено, по опубликованным данным.
fulfilled-not_met_so_far = Пока не выполнено.
fulfilled-cannot_be_determined = По опубликованным данным не видно, выполнено ли.
fulfilled-no_stage_recorded = Возвращений пока не отмечено.
fulfilled-no_arithmetic = Выполнено ли, вычислить нельзя.
progress-bodies = Тела после возвращения, куда: { $party }
identification-of = { $words }, { $stage }
body-under_examination = На исследовании
body-identified = Идентифицировано
body-identity_disputed = Принадлежность оспаривается
identification-none = Идентификация: ничего не сказано
returned-not-identified = Возвращено — ещё не значит идентифицировано.
### /claims, /claim

claims-heading = Утверждения
claims-context-heading = Вне обмена
claims-none = Ни одного утверждения пока не записано.
claim-title = { $id } · { $status }
claim-reported = сообщается, не подтверждено
claim-disputed = оспаривается
claim-confirmed_one = подтверждено одной стороной
claim-confirmed_both = подтверждено обеими сторонами
claim-refuted = опровергнуто
claim-withdrawn-by-speaker = отозвано тем, кто это сказал
claim-context = Относится не к самому обмену.
claim-about = К чему относится: { $record }
stance-asserts = Кто утверждает: { $speakers }
stance-confirms = Кто подтверждает: { $speakers }
stance-denies = Кто отрицает: { $speakers }
stance-declines = Кто не подтверждает и не отрицает: { $speakers }
stance-withdraws = Кто отозвал свои слова: { $speakers }
stance-noted = — { $notes }
stance-general = сказано о нескольких обвинениях сразу
stance-hedged = сказано как предположение
read-in-sources = прочитано в { $sources }
claim-counts-nowhere = Это число не прибавлено ни к одному итогу.
see-also = Смотрите также:
see-also-claim = { $id } · { $text }
claim-unknown =
    Утверждения с таким номером нет.
    Пишите так: /claim { $example }. Все утверждения: /claims
claim-withdrawn = { $id } отозвано. Здесь оно больше не показано.
named-source = источник { $id }
named-claim = утверждение { $id }
named-total = названный итог { $id }
### Corrections, history

change-was = Было: { $what }
change-now = Стало: { $what }
change-added = Добавлено: { $what }
change-removed = Удалено: { $what }
change-elsewhere = Изменено: { $what }
change-of = { $field }: { $value }
change-towards = куда: { $party } — { $value }
change-more = Других изменений: { $count }
changed = { $field ->
    [day] день
    [other_day] другой день
    [lifecycle] состояние
    [kind] вид
    [scope] к чему относится
    [categories] кто
    [direction] направление
    [unit] кто учтён
    [number] число
    [identification] после возвращения
    [ordinal] как его нумеруют
    [further_stages] следующие этапы
    [words] как напечатано
    [since] первый день подсчёта
    [through] последний день подсчёта
    [confirmation] кто подтвердил
    [speaker] кто сказал
    [stance] кто что говорит
    [composition] среди возвращённых
    [source] источник
    [link] ссылка
    [type] вид источника
    [wording] формулировка
   *[other] другая подробность
}
ordinal = { $counting }: { $number }
unit-person = люди
unit-body = тела
scope-exchange = обмен
scope-context = то, что происходило вне обмена
scope-agreement = этапы договорённости
scope-other = нечто другое
reason = Причина: { $reason }
reason-typo = описка
reason-source_corrected = источник исправил свои данные
reason-new_figure = новое число
reason-wrong_attribution = слова приписаны не тому, кто их сказал
reason-duplicate = записано дважды
reason-wrong_date = день был неверным
reason-translation = перевод был неверным
reason-personal_data_redacted = удалены личные данные
reason-retracted_by_source = источник отказался от своих слов
history-heading = { $id } · все версии, сначала новые
history-unknown =
    Записи с таким номером нет.
    Пишите так: /history { $example }
past-title = Версия { $revision } · { $moment }
past-correction = { $title } · { $id }
past-recorded = Записано впервые.
past-withdrawn = Отозвано: больше не учитывается.
past-restored = Больше не отозвано.
past-erased = Удалено, так как содержало нечто личное. Больше нигде не показывается.
past-was-erased = Вместо удалённой версии.
corrections-heading = Исправления, сначала новые
corrections-none = Пока ничего не исправлено.
correction-title = { $id } · { $record } · { $moment }
### Alerts

alert-first = № { $number } · { $news }
alert-first-repeat = Повтор № { $number } · { $news }
alert-new = Новый этап: { $day }
alert-update = Обновление к № { $number }: { $day }
alert-state = { $told ->
    [figure] Опубликовано число.
   *[other] { $state ->
        [completed] Завершено.
        [under_way] Проводится.
        [postponed] Отложено.
        [cancelled] Отменено.
       *[announced] Объявлено, ещё не началось.
    }
}
alert-expected = День — ожидаемый.
alert-repeat = Неизвестно, дошло ли до вас первое такое сообщение.
alert-claim = { $told ->
    [claim] Новое утверждение
    [rebuttal] Новое возражение на утверждение
   *[other] Новости об утверждении
}
alert-claim-to = { $told ->
    [rebuttal] Возражение к № { $number }
   *[other] Обновление к № { $number }
}
alert-judges-nothing = Так утверждают; бот этого не оценивает.
alert-correction = Исправление к № { $number }
alert-correction-first = Исправление
alert-withdrawal = Отозвано: № { $number }
alert-withdrawal-first = Отозвано
alert-taken-back = Что отозвано: { $what }
alert-counts-no-more = Это больше не учитывается. Что известно теперь:
alert-shown-no-more = Здесь это больше не показано.
alert-record-day = { $record }, { $day }
alert-code = Проверка: /verify { $code }
mark-corrected = Исправлено, смотрите № { $number }
mark-withdrawn = Отозвано, смотрите № { $number }. Сказанное ниже больше не действует.
mark-before = Как было отправлено:
mark-reworded = Текст исправлен { $day }
scam-line = Ни одно официальное ведомство не берёт денег за сведения, списки или освобождение.

### /start

bot-name = Homeward
bot-short-description = Обмен, который проходит этапами: кто, что и когда сказал. Независимый бот, не официальное ведомство.
bot-description =
    Этот бот следит за обменом военнопленными, который проходит этапами: что объявлено, что состоялось, кто и когда об этом сказал. Это не официальное ведомство; бот не занимает ничью сторону и не берёт денег. Сведений об отдельных людях у него нет.
choose-language = Пожалуйста, выберите язык.
what-it-is =
    Этот бот следит за обменом военнопленными, который проходит этапами: что объявлено, что состоялось, кто и когда об этом сказал.

    Это не официальное ведомство. Бот не занимает ничью сторону, не выдумывает чисел и не берёт денег.

    У бота нет сведений об отдельных людях. Пожалуйста, не присылайте имён.
consent-heading = Присылать вам уведомления?
consent =
    Тогда бот будет писать вам, когда записан новый этап или когда этап изменился.

    Для этого он хранит зашифрованный номер этого чата, ваш язык, выбранные темы, время вашего согласия и то, какие уведомления до вас дошли. Никакого имени и ничего из того, что вы пишете.

    Пожалуйста, учтите: Telegram знает, кто разговаривает с этим ботом, а чаты с ботами не защищены сквозным шифрованием. Этот чат увидит каждый, у кого в руках ваш телефон.

    Прекратить можно в любой момент: /unsubscribe. Команда /forget сразу удаляет всё. Подробнее: /privacy
subscribed-heading = Уведомления включены
subscribed =
    Вы получите уведомление, когда записан этап обмена людьми или когда он изменился.

    Уведомления о телах погибших выключены. Их можно включить в настройках; тогда они будут приходить без звука.

    Прекратить: /unsubscribe. Удалить всё, что хранится о вас: /forget
not-subscribed =
    Уведомлений не будет, и о вас ничего не хранится. Читать здесь всё можно в любой момент.
    Если передумаете: /subscribe

### /settings and what is kept

settings-heading = Настройки
settings-language = Язык: { $language }
settings-no-alerts = Уведомления: выключены
settings-alerts = Уведомления: включены
settings-people = Люди: { $state ->
    [on] включено
   *[off] выключено
}
settings-bodies = Тела погибших: { $state ->
    [on] включено
    [silent] включено, без звука
   *[off] выключено
}
settings-claims = Утверждения: { $state ->
    [on] включено
   *[off] выключено
}
settings-explained = Чтобы что-то изменить, нажмите кнопку.
unsubscribed =
    Уведомлений больше не будет.
    Ещё хранятся зашифрованный номер этого чата, ваш язык и ваш выбор. Команда /forget удаляет и это.
language-question = Пожалуйста, выберите язык.
language-kept = Теперь бот отвечает по-русски.
language-not-kept =
    Чтобы запомнить русский язык, боту пришлось бы хранить зашифрованный номер этого чата и этот выбор, больше ничего. Команда /forget сразу удаляет и то, и другое.
    Иначе он отвечает на языке вашего приложения Telegram.
mydata-heading = Что хранится о вас
mydata-address =
    Зашифрованный номер этого чата: открыть его может только ключ, который хранится отдельно.
    Отпечаток этого номера, чтобы его найти.
mydata-language = Язык: { $language }
mydata-alerts = Уведомления: { $state ->
    [on] включены
   *[off] выключены
}
mydata-since = Хранится с { $moment }
mydata-consent = Вы согласились с текстом об уведомлениях, версия { $version }
mydata-deliveries = Для каждого отправленного вам уведомления: дошло ли оно, и номер его сообщения.
mydata-moderator =
    Вы модератор этого бота. Хранятся: ваш номер в Telegram в зашифрованном виде, ваша роль, ваши черновики и записи под псевдонимом { $pseudonym }.
mydata-nothing-else = Больше ничего: ни имени, ни имени пользователя, ничего из того, что вы пишете.
nothing-kept = О вас ничего не хранится.
forget-ask =
    Удалить всё, что хранится о вас?
    Уведомления прекратятся сразу. Отменить это нельзя.
forgotten =
    Удалено. О вас больше ничего не хранится.
    Если захотите вернуться: /start
nothing-changed = Ничего не изменено.

### /verify, /cite, /asof

verify-ours = № { $number } — уведомление этого бота
verify-published = Опубликовано { $moment }
verify-code = Код проверки: { $code }
verify-current = Ничего более нового об этом не опубликовано.
verify-updated = Более новые уведомления о том же: № { $numbers }
verify-corrected = Исправлено, смотрите № { $numbers }. Что изменилось:
verify-withdrawn = Отозвано, смотрите № { $number }. Сказанное ниже больше не действует.
verify-stopped = Его отправка остановлена, прежде чем оно дошло до всех.
verify-words = Что в нём сказано, слово в слово:
verify-redacted = Его текст удалён, потому что в нём было нечто личное.
verify-not-ours = Такого уведомления у этого бота нет
verify-not-ours-words =
    С этим кодом здесь ничего не публиковали. Если кто-то передал это как наше, не полагайтесь на него.
verify-how = Код стоит внизу каждого уведомления. Пишите так: /verify { $example }
cite-heading = Как сослаться на { $id }
cite-of = { $what }, { $agreement }
cite-claim = { $id } «{ $text }»
cite-reference = Homeward, { $what }, версия { $revision } от { $moment }.
cite-read-in = { $reference } Прочитано в: { $sources }.
cite-linked = { $reference } { $link }
cite-unknown =
    Записи с таким номером нет.
    Пишите так: /cite { $example }
cite-withdrawn = { $id }: отозвано. Ссылаться на эту запись больше не следует.
asof-known = Что было известно на { $moment }
asof-nothing = На { $moment } ещё ничего не было записано.
asof-how =
    Такой день не распознан. Пишите так, по UTC:
    /asof { $moment }
    или { $day }, со временем или без него.

### /export

export-heading = Общедоступные записи в файлах
export-numbers = Числа: каждое, которое кто-то назвал, по этапам и направлениям, таблицей (CSV).
export-claims = Утверждения: кто утверждает и кто отрицает каждое, таблицей (CSV).
export-records = Всё, на всех языках, для программ (JSON).
export-licence = Свободно для использования по лицензии MIT; пожалуйста, указывайте Homeward и день.

### Fixed texts

help-heading = О чём можно спросить
help-command = /{ $command } — { $does }
help-words = Кнопки под каждым сообщением ведут дальше. То, что вы пишете, не хранится.

privacy-heading = Конфиденциальность
privacy =
    Без вашего согласия о вас ничего не хранится. Тогда язык бот каждый раз определяет по вашему приложению Telegram.

    Если вы хотите получать уведомления, хранится:
    – зашифрованный номер этого чата и его отпечаток, чтобы его найти; ключ хранится отдельно;
    – ваш язык, выбранные темы, время вашего согласия и версия текста, с которым вы согласились;
    – для каждого уведомления: дошло ли оно до вас, и номер его сообщения.

    Никогда не хранится: ваше имя, имя пользователя, номер телефона, то, что вы пишете.

    Команда /forget сразу удаляет всё. Так же действует блокировка бота, как только он о ней узнаёт. Что хранится, показывает /mydata.

    Никто не может составить список тех, кто читает этого бота. Модераторы видят только округлённое число. Никому ничего не передаётся, чтение не измеряется.

    Telegram знает, кто разговаривает с этим ботом, а чаты с ботами не защищены сквозным шифрованием.

    Отвечает за это тот, кто содержит эту копию бота.

about-heading = О Homeward
about =
    Homeward следит за обменом военнопленными, который проходит этапами. Это реестр: кто, что и когда сказал и как это соотносится с обязательствами. Он не выдумывает чисел, не занимает ничью сторону и не называет имён пленных.

    Это не официальное ведомство. Бота содержит оператор этой копии.

    Что он обещает об уведомлениях. Сначала сохранено. По меньшей мере один раз, ничего не пропадает. Повторы возможны, редки, ограничены и помечены. По порядку, только отзыв идёт первым. Не обещано: ровно один раз.

    Ваш запрос подтверждается для Telegram только после обработки. После сбоя он может быть обработан ещё раз: последствие записывается один раз, но ответ может прийти дважды.

safety-heading = Остерегайтесь мошенников
safety =
    { scam-line }

    Мошенники просят деньги за место в списке, за лечение, за посылку, за изменение статуса. Они просят данные карты или коды из сообщений. Они угрожают или предлагают розыск.

    Этот бот никогда не просит денег, имён, фотографий, данных карты или кодов и никогда не пишет вам о конкретном человеке.

    Пожалуйста, не публикуйте имён, подразделений и фотографий пропавших без вести. У человека в плену могут быть причины оставаться неузнанным.

    Помочь могут, и никто из них не берёт денег:
    { whom-to-turn-to }
whom-to-turn-to =
    – Бюро Центрального агентства по розыску, Международный Комитет Красного Креста
    – Координационный штаб по вопросам обращения с военнопленными, Украина
    – Уполномоченный Верховной Рады Украины по правам человека
    – Уполномоченный по правам человека в Российской Федерации
warm =
    Я бот, который следит за обменом в целом. Об отдельных людях я ничего не знаю, и того, что вы написали, не храню.

    Если вы ждёте близкого человека, мне жаль, что я не могу помочь вам в поиске.

    Помочь могут, и никто из них не берёт денег:
    { whom-to-turn-to }
unknown-command = Такой команды нет. О чём можно спросить, показывает /help.
something-went-wrong = На нашей стороне произошёл сбой. Пожалуйста, попробуйте ещё раз через несколько минут.
store-full = Ничего не сохранено и ничего не отправлено: в нашем хранилище кончилось место. Пожалуйста, попробуйте позже.
group = Этот бот работает только в личных чатах, поэтому он выходит из этой группы.
stale-button = Эта кнопка устарела. Текущее состояние открывает /status.
crowd = Сейчас спрашивает много людей. Пожалуйста, попробуйте ещё раз через минуту.

### Commands

command-start = начать, выбрать язык
command-status = состояние обмена
command-stages = все этапы
command-stage = один этап по его номеру
command-sources = все источники
command-source = один источник по его номеру
command-history = как запись приобрела нынешний вид
command-corrections = что исправлено и почему
command-asof = состояние, каким его знали в тот или иной день
command-cite = ссылка на одну запись, чтобы скопировать
command-verify = наше ли это уведомление и в силе ли оно
command-export = общедоступные записи в файлах
command-settings = уведомления, темы, язык
command-subscribe = получать уведомления
command-unsubscribe = прекратить уведомления
command-language = сменить язык
command-help = о чём можно спросить
command-safety = остерегайтесь мошенников; кто может помочь
command-privacy = что о вас хранится, а что нет
command-mydata = всё, что хранится о вас
command-forget = удалить всё, что хранится о вас
command-about = что это за бот и что он обещает
command-progress = каждое обязательство и ход его выполнения
command-claims = утверждения, сначала те, что оспариваются
command-claim = одно утверждение по его номеру
command-record = записать этап
command-drafts = ваш открытый черновик
command-correct = исправить опубликованное
command-withdraw = отозвать опубликованное
command-redact = стереть личные данные навсегда
command-freeze = задержать все уведомления
command-thaw = возобновить отправку

### Buttons

button-status = Состояние
button-stages = Этапы
button-all-stages = Все этапы
button-stage = { $id } · { $day }
button-stage-alone = Этап { $id }
button-sources = Источники
button-all-sources = Все источники
button-source = Источник { $id }
button-alert = № { $number }
button-known-now = Что известно сейчас
button-copy = Скопировать
button-copy-link = Скопировать ссылку
button-export-numbers = Числа (CSV)
button-export-claims = Утверждения (CSV)
button-export-records = Всё (JSON)
button-details = Подробнее
button-check = Проверить это сообщение
button-history = История изменений
button-history-of = История изменений { $id }
button-corrections = Исправления
button-cite = Цитировать
button-earlier-page = ‹ Новее
button-later-page = Старее ›
button-page-back = ‹ Назад
button-page-on = Дальше ›
button-progress = Ход выполнения
button-disputed = Оспаривается ({ $count })
button-claims = Утверждения
button-claim = { $id }
button-all-claims = Все утверждения
button-settings = Настройки
button-help = Помощь
button-safety = Остерегайтесь мошенников
button-privacy = Конфиденциальность
button-mydata = Что хранится обо мне
button-onward = Дальше
button-consent = Да, присылайте уведомления
button-no-consent = Нет, я буду только читать
button-subscribe = Включить уведомления
button-unsubscribe = Выключить уведомления
button-people-on = Люди: включить
button-people-off = Люди: выключить
button-bodies-on = Тела погибших: включить
button-bodies-off = Тела погибших: выключить
button-bodies_silent-on = Тела погибших: без звука
button-bodies_silent-off = Тела погибших: со звуком
button-claims-on = Утверждения: включить
button-claims-off = Утверждения: выключить
button-language = Язык
button-keep-language = Запомнить мой выбор
button-keep-nothing = Ничего не хранить
button-forget = Удалить сохранённое
button-forget-yes = Да, удалить всё
button-forget-no = Нет, ничего не менять

### Moderators: the draft

draft-new = Новый этап, черновик
draft-adding = Дополнение к { $id }, { $day }
draft-note = Не принято: { $sentence }
draft-field = { $field }: { $answer }
draft-missing = Не хватает: { $what }
draft-doubtful = Проверьте ещё раз: { $sentence }
draft-unfinished = У вас есть открытый черновик
draft-no-agreement =
    Этап относится к договорённости, а ни одной ещё не записано.
    Загрузите файл реестра на машине, где работает бот: homeward load FILE
draft-nothing-to-correct =
    Этап, утверждение или названная сумма с таким номером не опубликованы.
    Пишите так: /correct { $example }
draft-none = Открытого черновика нет. Его начинает /record.
draft-discarded = Черновик отброшен. Ничего не записано.
draft-moved-down = Черновик продолжается ниже.
draft-undone =
    Отменено. Уведомления никто не получил, запись отозвана.
    Черновик сохранён.
nothing = ничего
nobody-yet = пока никто
number = { $value }

field = { $field ->
    [begin] вид
    [lifecycle] состояние
    [date] дата
    [categories] кто
    [directions] направление
    [sources] источники
    [about] о чём
    [text] текст
    [detail] подробнее
    [qualifier] число
    [see_also] см. также
    [unit] кто учтён
    [speaker] кто говорит
    [counted] что учтено
    [words] учтено
    [since] со дня
    [through] по день включительно
    [reason] причина
    [said_on] день
    [source] источник
    [stance_kind] позиция
   *[confirmations] кто подтверждает
}
kind-persons = военнопленные
kind-bodies = тела погибших
kind-urgent_medical = неотложный обмен по состоянию здоровья

ask-begin = Что записать?
ask-lifecycle = Каково состояние этапа?
ask-date =
    Какой день?
    Год выбирайте, только если он указан в источнике.
ask-categories =
    О каких людях речь?
    Выбирайте то, что говорит источник; можно несколько.
ask-directions = В какую сторону?
ask-sources =
    Где это прочитано?
    Пришлите ссылку на источник, по одной в сообщении.
ask-confirmations =
    Кто это подтверждает?
    Выбирайте только тех, кто говорит это в источнике.
ask-figure =
    Куда: { $direction } — сколько?
    Выбирайте слово того, кто говорит.
ask-number = Куда: { $direction } — какое число?
ask-speaker = Кто это говорит?
number-asked = Пожалуйста, напишите его. Будет так: { $qualifier } …
number-range = Напишите оба числа через тире.
qualifier-exact = ровно
qualifier-at_least = по меньшей мере
qualifier-more_than = более
qualifier-about = примерно
qualifier-at_most = максимум
qualifier-range = от … до

preview-readers = Получателей: { $readers }. Языков: { $languages }
preview-duration = Это займёт примерно { $duration }
preview-quiet = Уведомления об этом не будет. Прочитать можно сразу.
preview-marked = Прежних сообщений, которые изменятся: { $count }
preview-silent = Нового сообщения не будет: прежние исправляются без звука.
preview-checked = Проверки: замечаний нет.
preview-outdated = Реестр изменился после этого просмотра. Пожалуйста, сделайте новый.
already-published = Уже опубликовано, № { $number }.
recorded-quietly = Записано в { $id }. Уведомление не отправлялось.

problem-stale-button = эта кнопка устарела; вот черновик как он есть.
problem-text-too-long = текст слишком длинный; пришлите, пожалуйста, только ссылку или число.
problem-nothing-asked = сейчас ничего писать не нужно; воспользуйтесь, пожалуйста, кнопками.
problem-only-text = изображения, файлы и пересланные сообщения не принимаются; напишите, пожалуйста, ответ.
problem-number-expected = напишите, пожалуйста, одно целое число цифрами.
problem-range-expected = напишите, пожалуйста, два целых числа через тире, сначала меньшее.
problem-lifecycle-moves-back = из нынешнего состояния этап не может перейти в это.
problem-source-recorded = этот источник уже записан и остаётся.
problem-figure-recorded = число от этого говорящего уже записано; другое было бы исправлением.
problem-correction-needed = это меняет записанное; здесь можно только дополнить.
problem-nothing-added = пока ничего не добавлено.
problem-hidden-characters = в тексте есть скрытые знаки; наберите его, пожалуйста, заново.
problem-link-broken = это не полная ссылка; она начинается с http и называет сайт.
problem-link-disguised = эта ссылка может вести не туда, куда кажется; пришлите, пожалуйста, обычный адрес страницы.
problem-link-too-long = ссылка слишком длинная; пришлите, пожалуйста, обычный адрес страницы.
problem-no-source = источник
problem-no-direction = направление
problem-no-date = дата
problem-future-date = этот день ещё не наступил; у состоявшегося этапа его быть не может.
problem-same-stage = на тот же день уже записан { $value }; дополните его.
problem-source-not-listed = использован источник, которого нет среди источников.
problem-outlet-confirms = издание сообщает, но не подтверждает. Выберите ведомство, которое оно цитирует.
problem-not-a-party = направление не является стороной этой договорённости.
problem-direction-twice = направление названо дважды.
problem-people-and-bodies = люди и тела не могут быть в одном этапе.
problem-figure-zero = число не может быть нулём; если его не публиковали, выберите именно это.
problem-label-missing = не хватает названия на одном из языков.
problem-same-party-twice = договорённости нужны две разные стороны.
problem-unknown-reference = названо то, чего нет в реестре: { $value }
problem-ordinal-below-one = чей-либо номер этапа начинается с единицы.
problem-day-not-another = другой день совпадает с днём этапа.
problem-parts-do-not-fit = части не согласуются с числом, которое тот же говорящий называет для всех вместе.
problem-identified-people = идентификацию записывают только для тел.
problem-identified-beyond-returned = исследуемых и идентифицированных тел больше, чем, по словам того же говорящего, передано.
problem-several-speakers = у итога один говорящий; итог другого записывают отдельно.
problem-counts-what = не сказано, что считает этот итог.
problem-no-number = число или слова вместо него
problem-ends-before-it-begins = последний учтённый день предшествует первому.
problem-nobody-asserts = не записан никто, кто это сказал.
problem-refers-to-itself = утверждение не может ссылаться на себя.
problem-wording-too-long = формулировка слишком длинная; сократите её, пожалуйста.
problem-number-without-figure = в формулировке есть число, не записанное как её число.
problem-link-in-text = в тексте есть ссылка; ссылкам место среди источников.
problem-mail-address = в тексте есть адрес электронной почты; его нельзя записать.
problem-handle-in-text = в тексте есть имя учётной записи; его нельзя записать.
problem-bank-account = в тексте есть номер счёта или кошелька; его нельзя записать.
problem-unit-number = в тексте есть номер воинской части; его нельзя записать.
problem-birth-date = в тексте есть дата рождения; её нельзя записать.
problem-card-number = в тексте есть номер платёжной карты; его нельзя записать.
problem-phone-number = в тексте есть номер телефона; его нельзя записать.

### Moderators: claims and stated totals

draft-new-claim = Новое утверждение, черновик
draft-stance = Позиция по { $id }, черновик
draft-new-total = Новая названная сумма, черновик
draft-correcting = Исправление { $id }, черновик
draft-was = – было: { $answer }
field-in-language = { $field }, { $language }
id = { $id }
read-at = прочитано: { $place }
about-exchange = обмен в целом
about-context = то, что происходило вокруг
taking-asserts = утверждает
taking-confirms = подтверждает
taking-denies = отрицает
taking-declines = не подтверждает и не отрицает
taking-withdraws = отзывает
manner-general = о нескольких обвинениях сразу
manner-hedged = как возможность
total-unit-person = люди
total-unit-service_member = военнослужащие
total-unit-civilian = гражданские лица
total-unit-body = тела погибших
total-both_not_split = в обе стороны вместе
total-not_stated = направление не указано
counted-agreement = этапы этой договорённости
counted-other = что-то другое

ask-claims = По какому утверждению?
ask-about = О чём утверждение?
ask-text =
    Что утверждают?
    Одно короткое предложение своими словами, без эпитетов.
ask-detail =
    Что утверждают ещё?
    Только то, чего нет в коротком тексте.
words-asked = Пожалуйста, напишите на этом языке: { $language }
ask-qualifier =
    Что означает это число?
    Выберите слово самого говорящего.
ask-stance_kind = Что делает говорящий?
ask-source =
    Где это прочитано?
    Пришлите ссылку или выберите известный источник.
ask-said_on =
    В какой день это сказано?
    Год выбирайте, только если его печатает источник.
ask-stance = Всё верно?
ask-stated = Всё верно?
ask-see_also =
    Какие утверждения ему противоречат?
    Выберите те, что с ним не согласуются.
ask-unit = Кто учтён?
ask-counted = Что учитывает эта сумма?
ask-words =
    Что именно учтено?
    Несколькими словами, как в источнике.
ask-since = С какого дня считают?
ask-through = По какой день включительно считают?
ask-reason = Почему это исправляют?


problem-one-line-expected = напишите, пожалуйста, одну строку текста.
problem-nothing-changed = пока ничего не изменено.
problem-changed-meanwhile = { $value } изменили уже после того, как был начат этот черновик исправления; отбросьте его и начните заново.

caution-mixed-scripts = в одном слове смешаны латинские и кириллические буквы.
caution-published-in-the-future = страница датирована будущим днём.
caution-read-before-published = страница прочитана раньше дня, которым она датирована.
caution-source-twice = эта страница уже записана как { $value }.
caution-figures-apart = числа для одного направления не могут быть верны все вместе.
caution-perhaps-same-stage = возможно, это тот же этап, что и { $value }.
caution-source-before-event = { $value } датирован днём до события, о котором идёт речь.
caution-said-before-event = подтверждение датировано днём до события.
caution-total-through-no-day = не сказано, по какой день считает эта сумма.
caution-total-does-not-fit = эта сумма не согласуется с задокументированным.
caution-claim-twice = в { $value } те же слова.
caution-said-after-published = { $value } датирован днём до того, как были сказаны приведённые из него слова.
caution-outlet-counts = говорящим названо издание; выберите того, кого оно цитирует, если это указано.

button-new-claim = Новое утверждение
button-new-stance = Позиция к утверждению
button-new-total = Названная сумма
button-claim-text = { $id } · { $text }
button-known-source = { $id } · { $publisher }
button-about = О чём
button-text = Текст
button-detail = Подробнее
button-no-detail = Больше ничего
button-qualifier = Что означает число
button-see_also = См. также
button-stance = { $place }. { $speaker } { $stance }
button-add-stance = Добавить позицию
button-drop-stance = Убрать эту позицию
button-stance_kind = Позиция
button-speaker = Кто говорит
button-said_on = День
button-where = Где прочитано
button-general = О нескольких обвинениях сразу
button-hedged = Как возможность
button-unit = Кто учтён
button-number = Число
button-counted = Что учтено
button-words = Слова об этом
button-since = Первый день
button-through = Последний день
button-statement = { $place }. { $speaker }
button-add-statement = Прочитано и в другом месте
button-drop-statement = Убрать это заявление
button-reason = Причина

### Moderators: sending

sending-title = № { $number } · { $phase ->
    [waiting] ещё не отправляется
    [sending] отправляется
    [stopped] остановлено
    [halted] прервано
    [frozen] задержано
    [superseded] заменено новым
   *[sent] отправлено
}
sending-starts = Начнётся через { $duration }
sending-halted =
    Telegram отклонил текст этого уведомления. Больше ничего не отправляется.
    Пожалуйста, сообщите оператору.
sending-frozen = Вся отправка задержана. То, что ждёт, сохранено: /thaw
sending-delivered = Доставлено: { $count }. Подписчиков: { $total }
sending-undeliverable = Не удалось доставить: { $count }
sending-unknown = Неизвестно, дошло ли: { $count }
sending-cancelled = Уже не будет отправлено: { $count }
sending-edited = Изменено прежних сообщений: { $count }. Всего: { $total }
sending-left = Осталось примерно { $duration }
count-none = ни одного
count-few = меньше чем { $count }
duration-seconds = { $count } с
duration-minutes = { $count } мин

### Moderators: holding all sending back

freeze-question = Задержать всю отправку?
freeze-explained =
    Ни одно уведомление больше не будет отправлено, даже опубликованное раньше. То, что ждёт, сохранится.
    На вопросы бот отвечает как обычно. Другие модераторы узнают об этом.
frozen-heading = Вся отправка задержана
frozen-since = С { $moment }, задерживает { $moderator }
frozen-explained =
    Ни одно уведомление не отправляется. Опубликованное ждёт и сохраняется.
    Возобновляют отправку двое модераторов; если модератор только один, то он сам.
thaw-proposed-by = { $moderator } предлагает возобновить отправку.
thaw-needs-another =
    Другой модератор подтверждает это командой /thaw.
    Командой /freeze вы отзываете предложение.
not-frozen = Ничего не задержано: уведомления отправляются.
memo-frozen = Вся отправка задержана: { $moderator }.
memo-frozen-more = Ни одно уведомление не отправляется; опубликованное ждёт. Посмотреть или возобновить: /thaw
memo-thaw_proposed = Отправка ещё задержана; { $moderator } предлагает её возобновить.
memo-thaw_proposed-more =
    Она возобновится, когда это подтвердит другой модератор: /thaw
    Чтобы оставить её задержанной, ничего не делайте или отзовите предложение командой /freeze.
memo-thawed = Отправка возобновлена; подтверждает { $moderator }.
memo-thawed-more = То, что ждало, теперь отправляется.
memo-halted = № { $number } остановлено: ошибка текста.
memo-missed = У бота не было связи с Telegram: { $since } – { $until }.
memo-missed-more =
    Telegram хранит написанное боту одни сутки; что ждало дольше, то потеряно.
    Ни одно уведомление не потеряно, читателям об этом не сообщено.
    Если вы тогда что-то писали или нажимали, сделайте это ещё раз.

### Модераторы: отзыв

withdraw-question = Отозвать { $id }?
withdraw-leaves = Запись сразу исчезнет из списков и итогов, но останется в истории.
withdraw-tells = Кто получил о ней уведомление, узнает об этом; прежние сообщения будут помечены.
withdraw-told = Уведомлений об этом: { $alerts }. Читателей, до которых они могли дойти: { $readers }
withdraw-untold = Уведомлений об этом не было.
withdraw-why = Почему? Далее будет показано, что получат читатели.
withdraw-at-once = Отправляется немедленно, раньше всего, что ждёт.
withdraw-no-undo = Отменить это нельзя.
withdraw-nothing =
    Ничего с таким номером не опубликовано.
    Напишите так: /withdraw { $example }
withdraw-rested-on =
    { $id } сейчас отозвать нельзя, на это опираются другие записи: { $records }
    Сначала отзовите их или исправьте командой /correct.
withdrawn-quietly = { $id }: запись отозвана. Уведомлений о ней не было.
memo-withdrawn = { $moderator } отзывает { $id }.
memo-withdrawn-more =
    Кто получил уведомление, уже узнаёт об этом. Что это было: /history { $id }
    Если это ошибка, /freeze сразу остановит всю отправку.
button-withdraw = Отозвать { $id } сейчас

### Модераторы: стирание личных данных

redact-question = Стереть прошлое записи { $id }?
redact-hidden = Уже скрыто как личные данные. Версий: { $count }
redact-explained =
    Навсегда исчезнет: что было в этих версиях, слова уведомлений, составленных из них, черновики об этом.
    Останется, когда, кем и почему это сделано. Отменить это нельзя.
redact-proposed-by = { $moderator } предлагает это стереть.
redact-needs-another =
    Предложено вами. Подтверждает другой модератор: /redact { $id }
    До тех пор это хранится, но никому не показывается.
redact-once-more = Публиковать здесь можете только вы: нажмите ещё раз, чтобы стереть.
redact-correct-first =
    Из { $id } ещё ничего не удалено как личные данные.
    Сначала исправьте запись: /correct { $id }, причина «удалены личные данные». Или отзовите её целиком по этой причине: /withdraw { $id }
    С этого момента их не видно. Затем /redact { $id } сотрёт их навсегда.
redact-erased = То, что было в { $id } раньше, стёрто. Этого больше нигде нет.
redact-nothing =
    Ничего с таким номером никогда не публиковали.
    Напишите так: /redact { $example }
memo-redaction_proposed = { $moderator } предлагает стереть прошлое записи { $id }.
memo-redaction_proposed-more =
    Там были личные данные. Их уже не видно, а когда вы подтвердите, они будут стёрты навсегда: /redact { $id }
memo-redacted = Прошлое записи { $id } стёрто, подтверждает { $moderator }.
memo-redacted-more = Там были личные данные, больше их нигде нет.
button-redact = Стереть навсегда
button-redact-confirm = Подтвердить: стереть навсегда
button-redact-look = Посмотреть

button-back = К черновику
button-next = Дальше
button-continue = Продолжить
button-discard = Отбросить
button-preview = Просмотреть
button-publish = Опубликовать
button-undo = Отменить
button-stop = Остановить
button-freeze = Задержать всю отправку
button-thaw = Возобновить отправку
button-thaw-confirm = Подтвердить: возобновить
button-add = Дополнить { $id }, { $day }
button-begin = Вид
button-lifecycle = Состояние
button-date = Дата
button-categories = Кто
button-directions = Направление
button-confirmations = Кто подтверждает
button-figure = Сколько: { $direction }
button-today = Сегодня, { $day }
button-yesterday = Вчера, { $day }
button-no-day = День не указан
button-year = { $year }
button-no-year = без года
button-month = { $month }, { $year }
button-month-back = ‹ { $month }
button-month-next = { $month } ›
button-no-category = Никто отдельно
button-both-directions = В обе стороны
button-one-direction = Только { $direction }
button-drop = Убрать { $source }
button-both-sides = Обе стороны
button-nobody-yet = Пока никто
