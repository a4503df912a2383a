/** A weapon as it is written, by what it is called in general; the more exact first: "car bomb" before "bomb". */
// No (?-i:…) in them: after it V8 forgets to ignore case once the expression is compiled.
const KINDS: [kind: string, words: string][] = [
  [
    'car bomb',
    '(?:car|truck|van|vehicle|lorry|motorcycle|motorbike|vehicle-borne)[ -]bombs?|(?:SV|VB)IEDs?|vehicle-borne (?:improvised )?explosive devices?',
  ],
  ['suicide belt', '(?:suicide|explosives?|bomb)[ -](?:vests?|belts?|jackets?)'],
  ['roadside bomb', 'roadside (?:bombs?|explosives?|devices?)|improvised explosive devices?|(?:IEDs?)'],
  ['barrel bomb', 'barrel[ -]bombs?'],
  ['cluster munition', 'cluster[ -](?:bombs?|munitions?|bomblets?)'],
  [
    'petrol bomb',
    '(?:petrol|gasoline|fire|firebomb|incendiary)[ -](?:bombs?|devices?)|firebombs?|molotov(?: cocktails?| bombs?)?',
  ],
  ['parcel bomb', '(?:parcel|letter|mail|package|book)[ -]bombs?'],
  [
    'mine',
    '(?:land|sea|anti-?personnel|anti-?tank|limpet|claymore)[ -]?mines?|(?<=\\b(?:struck|hit|over|by|on) (?:an? |the )?)mines?',
  ],
  [
    'grenade',
    '(?:rocket-propelled|hand|fragmentation|stun|rifle|anti-?tank|smoke|tear[ -]gas|rocket|fragmentary|rocket-powered) ?-?grenades?|grenade[ -]launchers?|grenades?|(?:RPGs?)(?:-\\d+)?',
  ],
  [
    'missile',
    '(?:(?:ballistic|cruise|guided|anti-?tank|surface-to-(?:air|surface)|hypersonic|anti-ship|shoulder-fired) )*missiles?',
  ],
  ['rocket', '(?:artillery )?rockets?(?:[ -]launchers?)?|(?:katyusha|grad) rockets?|katyushas?'],
  ['mortar', 'mortars?(?: (?:shells?|rounds?|bombs?|grenades?))?'],
  ['artillery', '(?:(?:artillery|tank|howitzer) (?:shells?|rounds?|fire)|howitzers?|artillery)'],
  [
    'drone',
    '(?:(?:suicide|armed|kamikaze|attack|explosive-laden|quadcopter|sea|naval) )*drones?|unmanned aerial vehicles?|(?:UAVs?)',
  ],
  [
    'chemical weapon',
    '(?:chlorine|sarin|mustard|nerve|poison|bullet|toxic|vx)(?: (?:gas|agents?))|sarin|chemical weapons?|nerve agents?',
  ],
  ['white phosphorus', 'white phosphorus'],
  ['rubber bullets', '(?:rubber|plastic)(?:-coated)? bullets?'],
  ['tear gas', 'tear[ -]?gas'],
  [
    'dynamite',
    '(?:sticks?|charges?|cartridges?|kilos?|kg|kilograms?|pounds?) of (?:dynamite|tnt|explosives?|gelignite|semtex)|dynamite(?: (?:sticks?|charges?|cartridges?|bombs?))?|(?:TNT|C-?4)|semtex|gelignite',
  ],
  [
    'bomb',
    '(?:(?:time|pipe|nail|pressure-cooker|homemade|home-made|powerful|remote-controlled|sticky|magnetic|glide|aerial|fragmentation|high-power(?:ed)?|concussion|suicide|dynamite) )*bombs?(?: (?:blasts?))?',
  ],
  [
    'explosives',
    '(?:(?:high-power(?:ed)?|powerful|homemade|plastic) )*(?:explosive (?:devices?|charges?|artifacts?|materials?|loads?)|explosives|explosive)',
  ],
  ['machine gun', '(?:heavy |light )?(?:sub-?)?machine[ -]?guns?|submachine[ -]?guns?|uzis?'],
  [
    'rifle',
    '(?:(?:assault|sniper|automatic|hunting|high-powered|semi-?automatic|kalashnikov|galil|fal) )*rifles?|kalashnikovs?(?: (?:assault )?rifles?)?|(?:AK-?47s?|AK-?M|AR-?15s?|[Mm]-?16s?)(?: rifles?)?',
  ],
  ['shotgun', 'shotguns?'],
  ['pistol', '(?:\\d+-?mm )?(?:pistols?|handguns?|revolvers?)'],
  [
    'firearm',
    '(?:automatic|semi-?automatic|small|light|heavy|large-caliber|high-caliber) (?:weapons?|arms)|firearms?|guns?',
  ],
  ['knife', '(?:kitchen |hunting |butcher )?kni(?:fe|ves)|daggers?'],
  ['machete', 'machetes?'],
  ['axe', 'axes?|hatchets?'],
  ['acid', 'acid'],
];

/** A part of any of them: most sentences name no weapon. Without \b and \p it takes a tenth of the time. */
export const ANY_WEAPON =
  /bomb|vbied|ieds?\b|vest|belt|jacket|molotov|mine|grenade|rpg|missile|rocket|mortar|howitzer|artillery|shell|drone|uav|unmanned|chlorine|sarin|mustard|nerve|poison|bullet|chemical|phosphorus|gas\b|dynamite|tnt|c-?4|semtex|gelignite|explosive|gun|uzi|rifle|kalashnikov|ak-?4|ak-?m|ar-?15|m-?16|mm\b|pistol|revolver|firearm|weapon|arms|kni[fv]|dagger|machete|axe|hatchet|acid|katyusha|grad/i;

/** Every weapon, as one group of the expression for each kind in turn. */
export const WEAPON = new RegExp(
  `(?<![\\p{L}\\d-])(?:${KINDS.map(([, words]) => `(${words})`).join('|')})(?![\\p{L}\\d]|-\\p{L})`,
  'giu',
);

export function weaponOf(match: RegExpExecArray): string {
  return KINDS.find((_, index) => match[index + 1] !== undefined)?.[0] ?? match[0].toLowerCase();
}
