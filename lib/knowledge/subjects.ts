/**
 * What callers ask about that a support line may have nothing to do with, in all languages, by idea.
 * A passage without the idea is about something else, however well the other words fit.
 */
export const subjectIdeas: Record<string, string> = {
  electricity: "electricity electric kplc token tokens blackout umeme stima",
  water: "water plumbing maji",
  abroad:
    "abroad overseas uganda tanzania rwanda kampala entebbe arusha mwanza dodoma zanzibar kigali ethiopia somalia sudan mogadishu juba europe america london dubai ulaya marekani",
  phone: "phone phones smartphone smartphones handset iphone simu",
  sim: "sim simcard",
  airtime: "airtime",
  tv: "tv television televisions dstv gotv decoder runinga televisheni",
  laptop: "laptop laptops computer computers macbook pc kompyuta tarakilishi",
  printer: "printer printers",
  email: "email emails gmail yahoo outlook mail",
  socialmedia: "facebook instagram twitter whatsapp",
  job:
    "job jobs vacancy vacancies hiring internship attachment recruit career careers kazi ajira kibarua",
  insurance: "insurance",
  school:
    "school schools university college exam exams tuition student students shule chuo mwanafunzi wanafunzi",
  car: "car cars vehicle taxi motorbike uber garage gari magari pikipiki boda",
  flight: "flight flights plane airline sgr",
  hotel: "hotel hotels restaurant airbnb",
  doctor:
    "doctor dentist gym appointment doctors hospital medicine sick clinic headache malaria fever daktari hospitali dawa -umwa mgonjwa ugonjwa homa",
  weather: "weather rain rains raining sunny forecast mvua",
  sport: "football soccer match arsenal chelsea score league team mpira mechi timu",
  police: "police polisi",
  passport: "passport pasipoti kitambulisho",
  crypto: "bitcoin crypto cryptocurrency forex sarafu",
  dollar: "dollar dollars euro euros dola",
  ip: "ip ipv6 ipv4",
  vpn: "vpn proxy",
  port: "port ports forwarding firewall",
  dns: "dns domain",
  camera: "camera cameras cctv alarm kamera",
  solar: "solar panels",
  hosting: "hosting website websites",
  landlord: "landlord rent tenant caretaker",
  app: "app apps",
  extender: "extender extenders repeater booster mesh",
  landline: "landline landlines telephone telephones",
  shares: "share shares invest investing investment stock stocks hisa",
  advert: "advert adverts advertise advertising sponsor sponsorship",
  music: "music song songs ringtone ringtones radio muziki wimbo nyimbo",
  food:
    "food fridge fridges cook recipe pizza pilau bread flour milk sugar unga mkate sukari chakula -pika",
  marriage: "wedding marry marriage girlfriend boyfriend ndoa harusi -oa -olewa",
  politics:
    "politics election elections government president governor capital siasa serikali rais uchaguzi",
  joke: "joke jokes story stories poem hadithi kichekesho",
  bus: "bus matatu train airport traffic",
  fuel: "petrol diesel fuel mafuta petroli",
  complaint: "complain complaint complaints rude complaining malalamiko -lalamik-",
  owner: "owner owns owned ceo director founder manager supplier mkurugenzi mmiliki",
  news: "news",
  dog: "dog dogs cat pets",
};

/** Ideas of other lists that are subjects too. */
export const otherSubjects: readonly string[] = `
buy loan salary bank card tax receipt blackout copy friend pin size warranty deliver president
`.trim().split(/\s+/);
