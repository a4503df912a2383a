export type SampleOutletSlug = 'northgate-courier' | 'halyard-wire' | 'eastmark-dispatch';

/** One item of a sample outlet's feed. */
export interface SampleArticle {
  outlet: SampleOutletSlug;
  /** The stage of the demo that publishes it; 0 is there from the start. */
  stage: number;
  /** Its id and its address within the outlet; never changes, whatever port the server got. */
  slug: string;
  headline: string;
  author: string;
  category: string;
  /** ISO 8601, UTC. The demo is a replay of February 2022, so the dates are fixed. */
  published: string;
  /** Plain text; a blank line ends a paragraph, line breaks mean nothing. */
  body: string;
}

/** What the outlets publish after the baseline: the raid near Atme as it was reported that day, and one near-miss. */
export const STAGED_ARTICLES: SampleArticle[] = [
  {
    outlet: 'northgate-courier',
    stage: 1,
    slug: 'helicopter-raid-atme',
    headline: 'Civilian casualties reported after helicopter raid in north-western Syria',
    author: 'Foreign desk',
    category: 'World',
    published: '2022-02-03T12:05:00Z',
    body: `
      Witnesses and a war monitor reported multiple civilian casualties on Thursday after helicopters thought to
      belong to the US-led coalition landed troops near Atme, a town in Syria’s north-western Idlib province, close
      to the Turkish border.

      Residents said the helicopters came in low in the early hours and that a gun battle went on for about two
      hours before they flew off. Their accounts could not be independently confirmed.

      The Syrian Observatory for Human Rights, a Britain-based group that follows the war through contacts inside
      the country, also said there were civilians among the casualties. How many people had been killed and how
      many wounded was not immediately clear.

      Nor was it known who or what the troops had come for. There was no immediate comment from the Pentagon, and
      the coalition did not respond to a request for comment.

      Atme lies among camps for Syrians driven from their homes during more than a decade of war. Idlib is the last
      province still largely held by opponents of the government in Damascus, and factions linked to al Qaeda are
      active there. The United States has carried out counterterrorism raids in the province before, although most
      of its attacks there in recent years have been drone strikes, analysts say.

      It was also unclear on Thursday whether anyone had been detained or taken away.`,
  },
  {
    outlet: 'halyard-wire',
    stage: 2,
    slug: 'pentagon-syria-raid-statement',
    headline: 'Pentagon calls Syria raid successful, reports no U.S. casualties',
    author: 'Halyard Wire Washington bureau',
    category: 'Middle East',
    published: '2022-02-03T12:40:00Z',
    body: `
      WASHINGTON, Feb 3 (Halyard Wire) - U.S. special operations forces carried out a counterterrorism raid in
      northwest Syria on Thursday that the Pentagon called successful, while a monitoring group and people living
      nearby said civilians were among the casualties.

      Pentagon press secretary John Kirby said in a statement that no American troops had been hurt. He gave no
      details of the mission and did not say who it was aimed at.

      One of the helicopters used in the raid had a mechanical problem and was destroyed on the ground by U.S.
      forces, according to a U.S. official who spoke on condition of anonymity. It was not immediately clear what
      had gone wrong.

      Residents of Atme, in Idlib province near the border with Turkey, said gunfire lasted around two hours. The
      Syrian Observatory for Human Rights, which is based in Britain, reported multiple civilian casualties. Halyard
      Wire could not verify either account.

      The U.S.-led coalition fighting Islamic State did not respond to a request for comment.

      The United States keeps several hundred troops in Syria, most of them in the northeast, where they work with
      Kurdish-led forces. Ground operations in the rebel-held northwest are rare, and Washington has more often used
      drones against militants there.

      No target of Thursday's raid has been named.`,
  },
  {
    outlet: 'halyard-wire',
    stage: 2,
    slug: 'senate-counterterrorism-budget',
    headline: 'Senators question officials over counterterrorism spending',
    author: 'Halyard Wire Washington bureau',
    category: 'United States',
    published: '2022-02-03T12:30:00Z',
    body: `
      WASHINGTON, Feb 3 (Halyard Wire) - Senators from both parties pressed officials on Thursday to explain how
      billions of dollars set aside for counterterrorism programs are spent, saying that agencies still count the
      same money in different ways.

      Two members of the panel said auditors had been unable to trace about a tenth of the funds they examined. A
      senior budget official told the hearing that the figure was disputed and that most of the gap came from grants
      recorded in more than one year.

      "We cannot judge what works if we cannot see what was bought," said one senator, who asked for a full account
      by April.

      The official said a common set of definitions was being drawn up and would be ready before the next budget
      request. He declined to say whether any program would be cut.

      Groups that follow federal spending have complained for years that money for training, border equipment and
      research is lumped together. A spokeswoman for one of them said Thursday's hearing was a start, but that no
      agency had yet agreed to publish its figures.

      The panel is due to meet again on March 2.`,
  },
  {
    outlet: 'eastmark-dispatch',
    stage: 3,
    slug: 'idlib-raid-toll',
    headline: 'Rescuers say at least 13 killed in US raid in Idlib',
    author: 'Eastmark Dispatch staff',
    category: 'Syria',
    published: '2022-02-03T13:20:00Z',
    body: `
      At least 13 people were killed, among them children and women, in a raid by US forces near the town of Atme in
      the early hours of Thursday, 3 February 2022, the Syrian civil defence group known as the White Helmets said.

      The figure is the highest reported so far from the operation in north-western Syria. It has not been
      independently verified, and it was not known how many of the dead were civilians or how each of them died.

      The Pentagon, whose press secretary, John Kirby, has described the raid as a successful counterterrorism
      mission, still says there were no US casualties. It has released no details of what happened on the ground.

      Helicopters were over the area for much of a gun battle that lasted about two hours, according to witnesses.
      US forces destroyed one of their own helicopters after it developed a mechanical problem, a US official said
      earlier.

      The Syrian Observatory for Human Rights, a monitoring group based in Britain, had earlier reported multiple
      civilian casualties.

      Much remains unknown. The target has not been identified, and it was not clear whether anyone was captured.
      The US-led coalition did not respond to a request for comment.

      Idlib province, which borders Turkey, is home to some three million people, according to the United Nations.
      More than half of them have been displaced from other parts of Syria.`,
  },
];
