import type { BrainTexts } from "./brain_texts.ts";
import type { AskPatterns, ClaimPatterns, Phrases, SecretPatterns } from "./language.ts";
import { list } from "./list.ts";
import type { ToolTexts } from "./tool_words.ts";

export const phrases: Phrases = {
  greeting_default: [
    "Habari, mimi ni {name}, msaidizi wa kiotomatiki wa {company}. Nikusaidie vipi?",
  ],
  still_there: ["Bado uko hapo?", "Halo, unanisikia?"],
  goodbye_silent: [
    "Sikusikii, kwa hivyo nitakata simu. Tafadhali piga tena ukiwa tayari. Kwaheri.",
  ],
  goodbye: ["Asante kwa kupiga simu. Kwaheri.", "Asante, uwe na siku njema. Kwaheri."],
  didnt_catch: [
    "Samahani, sikukusikia vizuri. Unaweza kurudia?",
    "Samahani, sijaelewa. Tafadhali sema tena.",
  ],
  didnt_catch_digits: [
    "Samahani, sikusikia vizuri. Tafadhali tumia vitufe vya simu, kisha bonyeza alama ya reli.",
  ],
  offer_person: ["Samahani, bado sijaelewa. Ungependa nijaribu kukutafutia mhudumu?"],
  filler_thinking: ["Hebu nione.", "Sawa, subiri kidogo.", "Nipe sekunde moja.", "Hebu nifikirie."],
  filler_tool: ["Hebu nikuangalilie.", "Subiri kidogo, ninaangalia.", "Bado ninaangalia."],
  apology_slow: ["Samahani, inachukua muda mrefu kuliko kawaida. Tafadhali nivumilie kidogo."],
  apology_engine: ["Samahani, kuna hitilafu upande wangu kwa sasa. Unaweza kurudia tena?"],
  apology_busy: [
    "Samahani, ninapokea maombi mengi mno kwa sasa. Tafadhali subiri kidogo, kisha urudie.",
  ],
  apology_quota: [
    "Samahani, nimefikia kiwango cha majibu ninayoweza kutoa leo. Bado unaweza kuomba mhudumu.",
  ],
  apology_spend_limit: [
    "Samahani, huduma yangu imefikia kikomo chake, kwa hivyo siwezi kujibu. " +
    "Bado unaweza kuomba mhudumu.",
  ],
  apology_tool: ["Samahani, nimekosea njia ya kutafuta jibu. Unaweza kurudia tena?"],
  apology_too_long: ["Samahani, jibu limekuwa refu mno. Tafadhali uliza jambo moja moja."],
  cannot_discuss: [
    "Samahani, siwezi kuzungumzia hilo. Tafadhali uliza jambo lingine, au omba mhudumu.",
  ],
  cannot_answer: [
    "Samahani, siruhusiwi kujibu hilo. Tafadhali uliza kwa maneno mengine, au omba mhudumu.",
  ],
  cannot_say_private: [
    "Samahani, jibu lilikuwa na taarifa za mtu binafsi, kwa hivyo sijalisema. " +
    "Unaweza kuomba mhudumu.",
  ],
  cannot_quote: [
    "Samahani, siwezi kukusomea hayo neno kwa neno. Tafadhali uliza jambo kuu.",
  ],
  cannot_use_language: [
    "Samahani, siwezi kujibu kwa lugha hii kwa sasa. Unaweza kuomba mhudumu.",
  ],
  answer_cut_short: ["Hiyo si yote. Niambie niendelee ukitaka yaliyobaki."],
  say_again_after_stop: ["Sawa, nakusikiliza.", "Samahani, endelea."],
  fallback_stt: ["Sasa hivi sisikii vizuri kama kawaida. Tafadhali tumia sentensi fupi."],
  fallback_llm: [
    "Mfumo wangu wa kawaida haujibu, kwa hivyo huenda nisiweze kusaidia kwa kila jambo.",
  ],
  fallback_llm_busy: [
    "Ninapokea maombi mengi mno kwa sasa, kwa hivyo huenda nisiweze kusaidia kwa kila jambo.",
  ],
  fallback_llm_limit: [
    "Mfumo wangu wa kawaida hautumiki kwa sasa, kwa hivyo huenda nisiweze kusaidia kwa kila jambo.",
  ],
  fallback_llm_question: [
    "Sikuweza kujibu hilo kwa njia yangu ya kawaida, kwa hivyo nitakuambia ninachoweza.",
  ],
  fallback_tts: ["Sauti yangu ya kawaida haipatikani, kwa hivyo nasikika tofauti sasa."],
  hand_over_start: [
    "Ninajaribu kukutafutia mhudumu sasa hivi. Tafadhali usikate simu.",
  ],
  hand_over_waiting: ["Bado najaribu kumpata mtu. Tafadhali usikate simu."],
  hand_over_promise: [
    "Simu ikikatika, watakupigia. Nambari yako ya kumbukumbu ni {reference}.",
  ],
  hand_over_no_answer: ["Samahani, hakuna aliyepokea simu."],
  hand_over_busy: ["Samahani, simu niliyopiga inatumika kwa sasa."],
  hand_over_declined: ["Samahani, mhudumu niliyempigia hawezi kupokea simu kwa sasa."],
  hand_over_not_through: ["Samahani, simu yangu kwa wahudumu wetu haikupita."],
  hand_over_all_busy: ["Samahani, wahudumu wetu wote wako kwenye simu nyingine."],
  hand_over_closed: ["Samahani, wahudumu wetu hawako kazini kwa sasa."],
  hand_over_unreached: ["Samahani, hakuna mhudumu aliyepatikana kwa sasa."],
  hand_over_call_back: ["Nimeomba upigiwe simu. Nambari yako ya kumbukumbu ni {reference}."],
  hand_over_call_again: ["Tafadhali piga simu tena baadaye kidogo."],
  time_warning: ["Tumebakiza takriban dakika moja kwenye simu hii."],
  time_up: [
    "Samahani, lazima nikate simu sasa. Ukihitaji msaada zaidi, tafadhali piga tena. Kwaheri.",
  ],
  long_turn_ack: ["Sawa, nimekusikia. Tuanze na hilo."],
  noisy_line: ["Kuna kelele kidogo kwenye simu. Tafadhali zungumza karibu na simu, polepole."],
  secret_spoken: [
    "Tafadhali usimwambie mtu yeyote PIN, nenosiri wala nambari zako za siri, hata mimi. " +
    "Sijaziweka kwenye kumbukumbu zangu.",
  ],
  never_asks_secret: ["Sihitaji kamwe PIN, nenosiri wala nambari zako za siri. Tafadhali zitunze."],
  not_done_claim: ["Kusema kweli, bado sijafanya hivyo."],
  confirm_cancelled: ["Sawa, sitafanya hivyo. Hakuna kilichobadilishwa."],
  confirm_unclear: [
    "Samahani, nahitaji jibu la ndio au hapana kabla sijafanya hivyo. Je, niendelee?",
  ],
  write_timeout: [
    "Nimeomba mfumo ufanye hivyo, lakini bado haujajibu, kwa hivyo siwezi kusema kwamba imefanyika.",
  ],
  keypad_menu: [
    "Siwezi kuelewa maneno kwa sasa. Bonyeza moja ili kujaribu tena, au sifuri ili kuomba mhudumu.",
  ],
  keypad_menu_number: [
    "Siwezi kuelewa maneno kwa sasa. Tafadhali andika kwa vitufe vya simu kisha ubonyeze alama ya reli, " +
    "au bonyeza sifuri na alama ya reli ili kuomba mhudumu.",
  ],
  keypad_menu_yes_no: [
    "Siwezi kuelewa maneno kwa sasa. Bonyeza moja kwa ndiyo, mbili kwa hapana, " +
    "au sifuri ili kuomba mhudumu.",
  ],
  keypad_help: [
    "Unaweza pia kutumia vitufe vya simu, kisha ubonyeze alama ya reli ukimaliza.",
  ],
  budget_close: ["Samahani, siwezi kuendelea na simu hii. Tafadhali piga tena baadaye. Kwaheri."],
  draining_goodbye: [
    "Samahani, lazima nikate simu sasa kwa sababu mfumo wetu unaanzishwa upya. " +
    "Tafadhali piga tena baada ya dakika chache. Kwaheri.",
  ],
  overloaded: [
    "Samahani, tuna simu nyingi kwa sasa. Tafadhali piga tena baada ya dakika chache.",
  ],
  out_of_order: [
    "Samahani, msaidizi wetu wa kiotomatiki ana hitilafu kwa sasa. Tafadhali piga tena baadaye.",
  ],
  switched_language: ["Sawa, tuzungumze Kiswahili."],
  repeat_call_today: ["Ulipiga simu mapema leo kuhusu {topic}."],
  repeat_call_yesterday: ["Ulipiga simu jana kuhusu {topic}."],
  repeat_call_earlier: ["Ulipiga simu siku chache zilizopita kuhusu {topic}."],
  callback_confirm: ["Je, tukupigie kwenye nambari {number}?"],
  consent_recording: ["Simu hii inarekodiwa ili kuboresha huduma yetu."],
  read_back: ["Nimesikia {value}."],
  retry_msisdn: ["Tafadhali rudia nambari ya simu polepole, tarakimu moja baada ya nyingine."],
  retry_amount: ["Tafadhali rudia kiasi cha pesa, kwa shilingi."],
  retry_mpesa_code: [
    "Tafadhali soma tena kodi ya M-Pesa, herufi au nambari moja baada ya nyingine. Ina herufi kumi.",
  ],
  retry_account_no: ["Tafadhali soma tena nambari ya akaunti, tarakimu moja baada ya nyingine."],
  retry_order_no: ["Tafadhali soma tena nambari ya oda, herufi au tarakimu moja moja."],
  retry_meter_no: ["Tafadhali soma tena nambari ya mita polepole. Ina tarakimu kumi na moja."],
  retry_national_id: ["Tafadhali rudia nambari ya kitambulisho, tarakimu moja baada ya nyingine."],
  retry_date: ["Tafadhali rudia tarehe: siku, kisha mwezi."],
  retry_name: ["Tafadhali rudia jina polepole."],
  retry_yes_no: ["Samahani, ni ndio au hapana?"],
};

const STAFF = "(?:mtu|mhudumu|muhudumu|binadamu|mwanadamu|afisa|meneja|msimamizi|mwakilishi|" +
  "wahudumu|huduma kwa wateja|customer care|agent|operator|manager|person|human|supervisor)" +
  "(?: (?:halisi|wa kweli|mwingine|wa huduma|wenu|moja kwa moja))?";
const TALK = "(?:ku|ni|tu|na|nina|ningependa ku|nataka ku)?(?:ongea|ongee|zungumza|zungumze|" +
  "ongeleshe|ongelesha|sema|seme)";
const UNLESS = "(?<!\\b(?:kama|iwapo|ikiwa|baada ya|kabla) )";

export const asks: AskPatterns = {
  person: [
    new RegExp(`\\b${TALK} na ${STAFF}\\b`),
    new RegExp(
      `\\b(?:u|m|na)?(?:niunganishe|niunganisheni|niunganishie|niunganisha|niconnect|nipitishe|` +
        `nipitishie|nipeleke|nipelekee|nitransfer)(?: na| kwa)? ${STAFF}\\b`,
    ),
    new RegExp(
      `\\b(?:nipe|nipee|nipatie|nipatieni|nipeni|nitafutie|niitie|naomba|nataka|ninataka|nahitaji|` +
        `ninahitaji|ningependa|kuna|leta)(?: niongee na)? ${STAFF}\\b`,
    ),
    new RegExp(`^(?:tafadhali|halo|samahani|sasa|hapana|ndio|sawa| )*${STAFF}(?: tafadhali)?$`),
    /\bmtu (?:halisi|wa kweli)\b/,
    /\bsitaki (?:kuongea na |kuzungumza na )?(?:roboti|robot|mashine|kompyuta|machine)\b/,
  ],
  notPerson: [
    /\b(?:namba|nambari|till|duka|jina|kodi|simu) (?:ya |la |za )?(?:wakala|agent|mtu|mhudumu)\b/,
    /\b(?:wakala|agent) (?:wa|number|till|code)\b/,
    /\b(?:\p{L}*(?:tuma|tumia|lipa|toa|weka|pa|pea))\b(?:(?!niunganish|ongea|ongee|zungumz)[\p{L}\p{N} ]){0,30}?\b(?:kwa|kutoka kwa) (?:wakala|agent|mtu)(?: mwingine)?\b/u,
    /\bsi(?:taki|hitaji)(?: kuongea na| kuzungumza na)? (?:mtu|mhudumu|binadamu|agent|wakala)\b/,
    /\b(?:niliongea|nimeongea|nilizungumza|tuliongea|aliongea) na (?:mtu|mhudumu|agent|binadamu)\b/,
    /\bmtu (?:aliye|ambaye|ame|ali|ana|alini|fulani)\p{L}*/u,
    /\b(?:kuna|naomba|nataka|nahitaji) (?:mtu|mhudumu) (?:ame|ali|ana)\p{L}*/u,
  ],
};

export const secrets: SecretPatterns = {
  nouns: {
    pin: list(`
      pin, pini, pin number, nambari ya siri, namba ya siri, nambari yangu ya siri,
      namba yangu ya siri, nambari yako ya siri, namba yako ya siri, siri ya mpesa, siri ya m pesa`),
    password: ["password", "nenosiri", "neno siri", "neno la siri", "neno langu la siri"],
    cvv: ["cvv", "cvc", "nambari ya usalama ya kadi"],
    one_time_code: [
      "otp",
      "kodi ya uthibitisho",
      "nambari ya uthibitisho",
      "msimbo wa uthibitisho",
    ],
  },
  links: list(`
    ni, yangu, langu, yake, yetu, ilikuwa, ya, kwa, wa`),
  asks: [
    "(?:niambie|tuambie|nipe|tupe|nipatie|nitajie|taja|sema|naomba|tunaomba|nahitaji|tunahitaji|nitumie|" +
    "nisomee|soma)(?: (?:namba|nambari|yako|lako|ya|m-pesa|mpesa))* {secret}",
    "{secret}(?: (?:yako|lako|yenu|ya|m-pesa|mpesa))* ni (?:ipi|nini|gani|ngapi)",
  ],
  warnings: /\b(?:kamwe|wala|yeyote|yoyote|usi\p{L}+|msi\p{L}+|hatu\p{L}+|siku\p{L}+|sihitaji)\b/u,
  linksBefore: ["ndio", "ndiyo"],
  aboutThem: list(`
    haifanyi, haifanyi kazi, imekataa, sio, si, imepotea, nimesahau, mbaya, na, lakini, imeisha,
    imefungwa, ya, kwa, gani, nini, siri, sahihi, haiko, ile, hiyo, yangu, inakataa, ipi, za, wa`),
};

export const claims: ClaimPatterns = {
  sent: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku|m|wa|i)?(?:tuma|tumia|tumie)(?! (?:muda|dakika))\\b`,
    ),
    /\b(?:ujumbe|sms|nambari|kodi|nenosiri|barua pepe|taarifa)\b.{0,30}\b(?:u|i|li)me(?:sha)?(?:tumwa|tumiwa)\b/,
    /\bu?mi?e(?:sha)?tumiwa\b/,
  ],
  reset: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku|li|i)?(?:rudisha|weka|anzisha|fungulia|wekea) (?:\\p{L}+ ){0,3}?upya\\b`,
      "u",
    ),
    new RegExp(`${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:i|li|ku)?(?:reset|fungulia|anzisha)\\b`),
    /\b(?:i|li|u)me(?:sha)?(?:wekwa|anzishwa|rudishwa) upya\b/,
  ],
  paid: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku|i|li|zi)?(?:lipa|lipia|rudishia|rejesha|rejeshea|rudisha) ?`,
    ),
    /\b(?:pesa|malipo|fedha)\b.{0,30}\b(?:zi|i|ya)me(?:sha)?(?:rudishwa|rejeshwa|lipwa)\b/,
  ],
  transferred: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku)?(?:hamisha|hamishia|peleka|pelekea|pitisha)\\b`,
    ),
    /\b(?:ni|tu)?(?:na|ta)ku(?:hamisha|hamishia|peleka|pitisha) \b/,
  ],
  connected: [
    new RegExp(`${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku)?(?:unganisha|unganishia)\\b`),
    /\b(?:ni|tu)?(?:na|ta)ku(?:unganisha|unganishia)\b/,
    /\bume(?:sha)?unganishwa\b/,
    /\bngoja nikuunganishe\b/,
  ],
  changed: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku|i|li)?(?:badilisha|badilishia|sasisha|sajili|washa|wezesha)\\b`,
    ),
    /\b(?:i|li|u)me(?:sha)?(?:badilishwa|sasishwa|sajiliwa|washwa)\b/,
  ],
  cancelled: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku|i|li)?(?:ghairi|futa|sitisha|ondoa|zuia|fungia)\\b`,
    ),
    /\b(?:i|li|u)me(?:sha)?(?:ghairiwa|futwa|sitishwa|ondolewa|zuiwa)\b/,
  ],
  opened: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku|i)?(?:fungua|fungulia|andikisha|ripoti) (?:tiketi|ombi|kesi)`,
    ),
    /\b(?:tiketi|ombi|kesi)\b.{0,20}\b(?:i|li)me(?:sha)?(?:funguliwa|andikishwa)\b/,
  ],
  booked: [
    new RegExp(
      `${UNLESS}\\b(?:ni|tu)me(?:sha)?(?:ku|i)?(?:agiza|agizia|panga|pangia|weka miadi|ratibu)\\b`,
    ),
  ],
};

export const brain: BrainTexts = {
  greeting: "Habari! Nikusaidie vipi?",
  thanks: "Karibu sana. Kuna jambo lingine?",
  who: (company) =>
    "Mimi ni msaidizi wa kiotomatiki, si mtu. Ninajibu kutokana na maelezo ya " +
    `${company}, na naweza kukuitia mhudumu.`,
  help: (topics) => `Unaweza kuuliza kuhusu ${topics}, au uombe mhudumu. Unahitaji nini?`,
  notUnderstood: (topics) =>
    `Samahani, sijaelewa. Unaweza kuuliza kuhusu ${topics}, au uombe mhudumu.`,
  unknown: "Hilo silijui. Nikuitie mhudumu?",
  stillUnclear: "Samahani, bado sijaelewa. Nikuitie mhudumu?",
  noPerson: "Samahani, siwezi kukuitia mhudumu kwenye simu hii.",
  nothingAsked: "Sawa. Nikusaidie na nini?",
  dropped: "Sawa, tuache hilo. Nikuitie mhudumu?",
  declined: "Sawa. Nikusaidie na nini kingine?",
  noFact: "Samahani, siwezi kukuambia hilo. Nikuitie mhudumu?",
  nothingSaid: "Sijasema chochote bado. Nikusaidie vipi?",
  ask: {
    free: "Kwa maneno machache, inahusu nini?",
    area: "Uko eneo gani?",
    order_no: "Namba ya oda ni ipi? Unaweza kuisema au kuibonyeza.",
    account_no: "Namba ya akaunti yako ni ipi? Unaweza kuisema au kuibonyeza.",
    meter_no: "Namba ya mita ni ipi? Unaweza kuisema au kuibonyeza.",
    msisdn: "Namba ya simu ni ipi? Unaweza kuisema au kuibonyeza.",
    national_id: "Namba ya kitambulisho ni ipi? Unaweza kuisema au kuibonyeza.",
    amount: "Ni kiasi gani?",
    date: "Tarehe gani?",
    name: "Jina ni nani?",
  },
  askAgain: {
    free: "Samahani, sijaelewa. Inahusu nini?",
    area: "Samahani, eneo hilo silijui. Uko eneo gani?",
    order_no: "Samahani, nahitaji namba ya oda. Iseme tarakimu moja moja, au ibonyeze.",
    account_no: "Samahani, nahitaji namba ya akaunti. Iseme tarakimu moja moja, au ibonyeze.",
  },
  or: "au",
};

export const toolTexts: ToolTexts = {
  failed: "Samahani, siwezi kupata hiyo kwa sasa. Nikuitie mhudumu?",
  unconfirmed: "Samahani, sikuweza kuthibitisha kama imefanyika. Nikuitie mhudumu?",
  needsFact: "Kwanza nahitaji kuhakikisha ninaongea na nani. Namba ya akaunti yako ni ipi?",
  needsNumber: "Namba yako imefichwa, kwa hivyo siwezi kuona akaunti yako. Nikuitie mhudumu?",
  notProven: "Sikuweza kuhakikisha ninaongea na nani. Nikuitie mhudumu?",
  outage(area, cause, since, back) {
    const known = `Kuna hitilafu ${area} tangu ${since}: ${cause}. `;
    return known +
      (back ? `Tunatarajia irudi kufikia ${back}.` : "Bado hatujui itarudi lini.");
  },
};
