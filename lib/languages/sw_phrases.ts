import type { Phrases } from "./language.ts";

export const phrases: Phrases = {
  greeting_default: [
    "Habari, asante kwa kupiga simu {company}. Mimi ni msaidizi wa kompyuta. Nikusaidie vipi?",
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
  say_again_after_stop: ["Sawa, nakusikiliza.", "Samahani, endelea."],
  hand_over_start: [
    "Ninajaribu kukutafutia mhudumu sasa hivi. Simu ikikatika, watakupigia.",
  ],
  hand_over_failed_callback: [
    "Samahani, hakuna mhudumu aliyepatikana kwa sasa. Nimeomba upigiwe simu. " +
    "Nambari yako ya kumbukumbu ni {reference}.",
  ],
  hand_over_failed_plain: [
    "Samahani, hakuna mhudumu aliyepatikana kwa sasa. Tafadhali piga simu tena baadaye kidogo.",
  ],
  hand_over_closed: [
    "Samahani, wahudumu wetu hawako kazini kwa sasa, kwa hivyo siwezi kukutafutia mtu. " +
    "Bado ninaweza kujaribu kukusaidia mwenyewe.",
  ],
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
  not_done_claim: ["Kusema kweli, bado sijafanya hivyo."],
  confirm_cancelled: ["Sawa, sitafanya hivyo. Hakuna kilichobadilishwa."],
  confirm_unclear: [
    "Samahani, nahitaji jibu la ndio au hapana kabla sijafanya hivyo. Je, niendelee?",
  ],
  write_timeout: [
    "Nimeomba mfumo ufanye hivyo, lakini bado haujajibu, kwa hivyo siwezi kusema kwamba imefanyika.",
  ],
  keypad_menu: [
    "Sikusikii vizuri. Bonyeza moja ili kujaribu tena, au sifuri ili kuomba mhudumu.",
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
  switched_language: ["Sawa, tuzungumze Kiswahili."],
  callback_confirm: ["Je, tukupigie kwenye nambari {number}?"],
  consent_recording: ["Simu hii inarekodiwa ili tuweze kukagua na kuboresha huduma yetu."],
  read_back: ["Nimesikia {value}. Je, ni sahihi?"],
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
