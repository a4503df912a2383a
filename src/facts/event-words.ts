/** Beginnings that no unrelated English word shares. */
const PREFIXES =
  `abduct airstrike ambush assassin assault attack avalanch beheaded behead blast bombard bombed bomber
  bombing captur casualt clash collaps counterterror cyclone deadl deaths derail destroy detain detonat displac dynamit
  earthquake erupt evacuat execut explod explos fatalit firefight gunfire gunfight gunmen gunman hijack hostage
  hurricane injur insurgen invad invasion kidnap killed killing landslide looted looting machinegun maim massacre mortar mudslide
  murder offensive protest quake raid rescue rioters rioting rocket sabotag shelled shelling shooting shootout slaughter
  stabb strikes tornado tremor tsunami typhoon wildfire wounded wounding`
    .trim()
    .split(/\s+/)
    .join('|');
const WORDS =
  `battle battles blaze blew blown bomb bombs ceasefire coup crash crashed dead death demonstration demonstrations
  die died dies drone drones fight fighters fighting fire fired fires flood flooded floods fought gun gunned helicopter
  helicopters hit hits hurt jet jets kill kills militant militants missile missiles mission missing operation
  operations rally riot riots shell shells shot shots siege slain soldiers storm strike struck suicide target
  targeted targets torched troops truce victim victims violence war warplane warplanes`
    .trim()
    .split(/\s+/)
    .join('|');

const EVENT = new RegExp(`\\b(?:(?:${PREFIXES})\\p{L}*|(?:${WORDS})\\b)`, 'iu');
/** What "the Atme raid" is to Atme: the event stands right after its place. */
const EVENT_NOUN =
  /^(?:['’]s)? (?:\p{Ll}+ )?(?:air ?strikes?|ambush(?:es)?|attacks?|assaults?|blasts?|bombings?|clashes|earthquakes?|explosions?|fighting|fires?|floods?|kidnappings?|massacres?|operations?|protests?|quakes?|raids?|riots?|shellings?|shootings?|strikes?)\b/iu;

/** Whether a passage has a word that tells of an event: violence, disaster, unrest. */
export function tellsOfEvent(passage: string): boolean {
  return EVENT.test(passage);
}

/** Whether a passage begins with the noun of an event, as in "Kabul *bombing*". */
export function beginsWithEvent(passage: string): boolean {
  return EVENT_NOUN.test(passage);
}
