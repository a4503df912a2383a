import type { Deed } from '../model/fact.ts';
import { table, words } from './word-tables.ts';

/** "X was killed", and "X killed Y" where the form is the same. */
export const DONE = table<Deed>({
  killed: 'killed murdered assassinated slain executed massacred beheaded lynched gunned butchered riddled',
  injured: 'injured wounded hurt maimed',
  kidnapped: 'kidnapped abducted kidnaped',
  bombed: 'bombed dynamited',
  burned: 'burned burnt torched',
  robbed: 'robbed looted ransacked',
  attacked:
    'attacked hijacked ambushed raided stormed shelled strafed targeted assaulted machinegunned machine-gunned destroyed damaged sabotaged blasted struck hit',
});

/** "X killed Y": forms that have only this sense, with the headline's. */
export const DOES = table<Deed>({
  killed: 'kill kills slew murder murders assassinate assassinates behead massacre',
  injured: 'injure injures wound wounds',
  kidnapped: 'kidnap kidnaps abduct abducts',
  bombed: 'bomb bombs',
  burned: 'torch torches',
  robbed: 'rob robs loot loots',
  attacked:
    'attack attacks hijack hijacks ambush ambushes storm storms raid raids shell shells strafe destroy destroys damage damages',
});

/** "killing Y": a participle after what did it. */
export const DOING = table<Deed>({
  killed: 'killing murdering assassinating executing',
  injured: 'injuring wounding',
  kidnapped: 'kidnapping abducting',
  bombed: 'bombing dynamiting',
  burned: 'burning torching',
  robbed: 'robbing looting',
  attacked: 'attacking ambushing storming shelling strafing destroying damaging targeting',
});

/** "the murder of Y", "the attack on Y". */
export const NOUNS = table<Deed>({
  killed:
    'murder murders killing killings assassination assassinations massacre slaying execution death deaths body bodies corpse corpses',
  kidnapped: 'kidnapping kidnappings abduction abductions kidnaping',
  bombed: 'bombing bombings',
  burned: 'burning',
  robbed: 'robbery looting',
  attacked: 'attack attacks ambush assault assaults raid strike strikes shelling destruction storming',
});

/** Things that are attacked, by the last word of their names. */
export const THINGS =
  words(`building buildings house houses farmhouse farmhouses home homes residence residences office offices headquarters embassy embassies consulate
  car cars bus buses truck trucks vehicle vehicles van jeep jeeps motorcycle taxi train trains railway airport airports
  plane planes aircraft helicopter helicopters ship ships boat boats vessel vessels tanker tankers convoy convoys bridge
  bridges pipeline pipelines tower towers pylon pylons pole poles post posts line lines station stations plant plants
  substation dam refinery refineries depot depots warehouse warehouses factory factories  farm farms ranch
  bank banks store stores shop shops supermarket supermarkets market markets mall restaurant restaurants hotel hotels bar
  nightclub cinema theater theatre school schools university universities college hospital hospitals clinic clinics church
  churches mosque mosques synagogue temple cathedral monastery chapel shrine barracks base bases garrison outpost outposts
  checkpoint checkpoints camp camps prison jail courthouse court palace ministry parliament town hall newspaper newspapers
  radio facilities facility installation installations property premises establishment establishments complex compound
  system systems network exchange booth booths antenna mill crops plantation hacienda estate club clubs institute
  brothel brothels kitchen garage oilfield well wells field fields warehouse mall booth kiosk precinct minibus minibuses microbus
  tractor dealership dealerships institutions gate runway airstrip aqueduct barn farmhouses pharmacies entrance windows windshield
  reservoir pump pumps
  center centre centers centres library museum archive block neighborhood neighbourhood village villages town towns
  city structures structure equipment road roads highway tunnel port harbour harbor gas apartment apartments
  building's branch branches agency agencies mission missions supplies grid cable cables transformer transformers
  container containers ambulance ambulances monument statue pharmacy bakery stadium plaza square terminal`);

/** Words that name people besides those that tolls count. */
export const BEARERS =
  words(`senator senators mayor mayors minister ministers president vice-president ex-president premier governor governors
  head heads deputy deputies congressman congressmen congresswoman candidate candidates councilman councilmen councillor councilor
  councilors councilwoman attorney prosecutor prosecutors magistrate magistrates justice ambassador ambassadors consul
  diplomat diplomats envoy envoys consuls attache secretary director directors manager managers executive executives businessman
  businessmen businesswoman industrialist banker bankers owner owners editor editors publisher newsman newsmen cameraman
  photographer photographers correspondent correspondents columnist anchor broadcaster writer poet author general generals
  colonel colonels major captain captains lieutenant lieutenants sergeant sergeants corporal corporals admiral chief chiefs
  bishop bishops archbishop cardinal rabbi pastor cleric clerics sheikh sheikhs preacher seminarian father sister brother
  peasant peasants campesinos indian indians natives landowner landowners rancher ranchers cook maid maids housewife
  housekeeper watchman watchmen bodyguard escort escorts chauffeur gardener secretary-general engineer engineers technician
  technicians scientist scientists professor professors rector dean unionist unionists trade-unionist labor-leader organizer
  organizers wife husband son sons daughter daughters mother mothers parents grandmother grandfather uncle nephew niece
  cousin friend friends companion companions domestic domestics agronomist industrialists baker beggar magnate impresario tycoon
  minor minors activist harvester vendor official neighbor neighbors person persons individual individuals jesuit jesuits salvadorans colombians
  americans israelis palestinians syrians iraqis afghans ukrainians russians`);

/** Nouns of groups that act, and of who acts violently. */
export const GROUPS =
  words(`group groups army armies force forces troops militia militias police guard guards commando commandos squad squads gang
  gangs unit units battalion battalions brigade patrol patrols front movement organization organizations organisation
  organisations cartel cartels mafia mafias party faction factions cell cells network regime government military navy
  airforce command state death-squads guerrilla guerrillas subversives subversive assassins assassin killers killer hitmen
  hitman snipers sniper bandits bandit criminals criminal murderers murderer kidnappers kidnapper hijackers arsonist
  arsonists shooter shooters attacker attackers thugs mob vigilantes warlords pirates traffickers trafficker dealers
  settlers men individuals persons people elements delinquents narcotraffickers warplanes jets planes helicopters drones
  coalition outlaws outlaw sappers bands band regulars deserters narcoterrorists columns column jihadists jihadis
  paramilitaries separatists rioters protesters protestors demonstrators youths`);

/** Verbs that tell too many other things for their subject to be called who did it: "hit", "targeted". */
export const LOOSE = words(
  'hit hits struck strikes targeted targets blasted hurt damaged damages damage burned burnt looted loot loots',
);
