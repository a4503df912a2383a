import type { CasualtyFact } from '../model/fact.ts';
import { table, words } from './word-tables.ts';

export type Effect = CasualtyFact['value']['effect'];

/** After the victims: "13 people were killed". */
export const SUFFERED = table({
  killed:
    'killed dead died die dies martyred slain perished massacred executed murdered beheaded drowned suffocated',
  injured: 'injured wounded hurt maimed',
  missing: 'missing unaccounted disappeared vanished',
  detained: 'detained arrested captured kidnapped abducted',
  displaced: 'displaced homeless uprooted',
});

/** They need no "were" and take no object: "13 people died", "13 dead". */
export const STATES = words(
  'dead died die dies perished drowned suffocated missing homeless unaccounted disappeared vanished',
);

/** Before the victims: "killed 13 people". */
export const INFLICTED = table({
  killed: 'killed kills killing slew massacred executed murdered beheaded',
  injured: 'injured injures injuring wounded wounds wounding hurt hurting maimed maiming',
  detained:
    'detained detains detaining arrested arrests arresting captured captures capturing kidnapped abducted kidnapping abducting seized seizes seizing',
  displaced: 'displaced displaces displacing uprooted',
});

/** Base forms, as headlines use them: "Gunmen kill 13". */
export const INFLICT = table({
  killed: 'kill massacre murder behead',
  injured: 'injure wound',
  detained: 'detain arrest kidnap abduct',
  displaced: 'displace',
});

/** What is counted is the effect itself: "three deaths", "multiple civilian casualties". */
export const COUNTED = table({
  killed: 'fatalities deaths dead bodies corpses',
  injured: 'injuries injured wounded',
  missing: 'missing',
  detained: 'arrests',
  casualties: 'casualties',
});

/** "the deaths of 13 people", "the killing of 13 people". */
export const EFFECT_OF = table({
  killed: 'bodies death deaths killing killings murder murders massacre execution',
  detained: 'arrest arrests kidnapping abduction detention capture',
  displaced: 'displacement',
});

/** What may stand before a body that is counted: "17 charred bodies", not "two UN bodies". */
export const OF_BODIES = words(
  'of the more charred burned burnt decomposed unidentified lifeless dead mutilated other',
);

/** People that nobody is told anything by: they are no victim group. */
export const ANYBODY = words(
  'people persons person others other more lives individuals someone anyone victims',
);

/** Nouns of people, singular and plural. */
export const PEOPLE = words(`
  people persons person others lives individuals victims civilian civilians child children woman women man men boy boys
  girl girls baby babies infant infants toddler toddlers teenager teenagers youth youths student students pupil pupils
  teacher teachers worker workers labourers laborers employee employees staff staffers farmer farmers fisherman fishermen
  miner miners villager villagers resident residents citizen citizens national nationals foreigner foreigners tourist
  tourists pilgrim pilgrims worshipper worshippers worshipers mourners passenger passengers driver drivers pedestrian
  pedestrians bystander bystanders commuters shoppers passersby motorist motorists pilot pilots crew sailor sailors seafarers
  soldier soldiers troop troops trooper troopers serviceman servicemen servicewoman member members personnel marine marines officer officers
  policeman policemen policewoman police guard guards gendarme gendarmes agent agents conscript conscripts recruit recruits reservists
  commando commandos paratroopers peacekeeper peacekeepers fighter fighters militant militants insurgent insurgents rebel rebels
  guerrilla guerrillas gunman gunmen jihadist jihadists jihadi jihadis extremist extremists terrorist terrorists attacker attackers
  assailant assailants bomber bombers militiaman militiamen militia suspect suspects protester protesters protestor protestors
  demonstrator demonstrators rioter rioters activist activists journalist journalists reporter reporters medic medics paramedic
  paramedics doctor doctors nurse nurses patient patients rescuer rescuers volunteer volunteers firefighter firefighters
  contractor contractors official officials leader leaders commander commanders politician politicians lawmaker lawmakers
  judge judges lawyer lawyers prisoner prisoners inmate inmates detainee detainees hostage hostages migrant migrants refugee
  refugees families family relatives siblings brothers sisters couple combatants combatant operatives operative adults
  schoolgirls schoolboys schoolchildren girl priest priests nun nuns monk monks imam imams missionaries aid-workers
  locals tribesmen herders shepherds traders vendors spectators fans guests hikers climbers skiers swimmers divers
  passers-by passer-by passerby parishioners parents parent escorts cooks chefs clerks mechanics technicians electricians guides brides grooms athletes aides kids teens
  scouts pastors deacons bishops rabbis widows spouses settlers pensioners smugglers captives schoolgirl schoolboy grandmother grandfather mother mothers father
  fathers son sons daughter daughters wife husband brother sister cousin cousins ministers minister mayor
  mayors governor councillor bishop imam rabbi cleric clerics preacher crewmen jihadis sergeant
  councilman councilmen councillors captain lieutenant colonel general newborns orphans elders chiefs traffickers bandits pirates
  servicemembers airmen airman warriors deserters separatists loyalists mercenaries dissidents guardsmen cadets councillors translators traders students bodyguards miners`);

/** Plurals of things that end as those of people do ("-ers", "-ants", "-ees"). */
export const THINGS = words(`
  towers containers computers numbers letters tankers carriers choppers helicopters launchers trailers bulldozers
  loaders papers newspapers posters quarters headquarters centers corners orders borders rivers offers meters liters
  servers routers printers trackers cruisers destroyers freighters trawlers steamers scooters shelters matters powers
  covers layers barriers lists trees committees degrees fees plants restaurants grants variants careers rollers
  interceptors banners skyscrapers chambers chapters registers filters feathers flowers
  tractors reactors motors sectors factors doors floors errors mirrors corridors vectors detectors sensors processors
  elevators generators indicators anchors rumors tumors harbors colors boulders ladders shoulders fingers encounters disasters dangers wonders murders`);

/** Where they are counted, "three were killed" may be about them. */
export const ANIMALS =
  words(`animals birds camels cats cattle chickens chimpanzees cows crocodiles deer dogs dolphins
  donkeys ducks elephants fish gorillas goats hens horses lions livestock monkeys pets pigs poultry puppies rhinos sharks
  sheep tigers whales wolves zebras`);

/** Where the noun that a number counts can't go on. */
export const NOUN_ENDS = words(`
  and or but nor of in on at by with from for to into near as when while after before during since until over under
  through across against amid among including between is are was were be been being has have had do does did will would
  could can may might should must the a an his her their its this these those treated that which who whom whose where than then so if because although not n't said says say
  told reported reports report word information details evidence indication sign signs claim claims confirmation
  risk threat threats chance doubt reason intention idea comment immediate known confirmed reported further fewer
  years year days day hours hour minutes minute weeks week months month km kilometers kilometres miles mile meters metres
  percent per cent dollars euros pounds tons tonnes times feet acres hectares degrees rounds o'clock p.m. a.m. am pm`);

/** Between victims and effect: "have since *been* killed", "are *feared* dead". */
export const AUXILIARIES = words(
  'is are was were has have had been being be got get gets may might lie lay remain remains remained',
);
export const ADVERBS =
  words(`also still all both later then already reportedly allegedly apparently believed feared
  presumed confirmed thought reported seriously badly severely critically slightly lightly gravely fatally instantly
  brutally feared to since each either initially subsequently accidentally deliberately instead now overnight shot
  burned burnt stabbed beaten crushed buried hacked bludgeoned
  listed officially unaccounted more went gone left found choked starved frozen trampled`);
/** What makes it a possibility, a plan or a denial instead of a report. */
export const UNREAL = words(
  "could would will can should shall must not n't never didn't weren't wasn't cannot won't",
);

/** What may follow a bare "13 killed" or "killed 13": otherwise the verb has an object or the number another noun. */
export const GOES_ON =
  words(`in at on by as after when during near and or but since while before overnight across around
  outside inside over this last today tonight yesterday early late here from following amid so including according among throughout along about more others
  other`);
