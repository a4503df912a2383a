import type { SampleArticle } from './sample-articles.ts';

/**
 * What the three outlets have online before the raid. Several are near-misses of the demo's two watches:
 * they share a word, a place or a turn of phrase with the raid and are about something else.
 */
export const BASELINE_ARTICLES: SampleArticle[] = [
  {
    outlet: 'northgate-courier',
    stage: 0,
    slug: 'the-long-stair-review',
    headline: 'A raid seen from the kitchen: ‘The Long Stair’ opens the winter film festival',
    author: 'Marta Quill',
    category: 'Film',
    published: '2022-02-01T09:30:00Z',
    body: `
      Ines Barrow’s new film about a night raid keeps its soldiers out of sight for almost an hour. What the audience
      gets instead is a kitchen, a kettle and a family listening to boots on the stairs.

      Barrow said the idea came from a short story she read as a student. “I was never interested in the people who
      break the door,” she told the audience after Monday’s screening. “I wanted to know who was making tea.”

      The director, whose first feature was about a ferry pilot, filmed in a disused school outside Northgate for 26
      days, her producer said. No real operation is portrayed, according to the credits, and the country is not named.

      Early reviews have been warm, although some viewers found the last act too neat. One critic called the sound of
      the helicopters, which are heard but never shown, the best performance in the film.

      The film goes on general release on 25 February. A distributor has yet to be found for North America, the
      producer said.`,
  },
  {
    outlet: 'northgate-courier',
    stage: 0,
    slug: 'rovers-deadline-day',
    headline: 'Rovers raid rivals for two defenders and a striker on deadline day',
    author: 'Tom Aske',
    category: 'Football',
    published: '2022-02-01T07:10:00Z',
    body: `
      Northgate Rovers completed a late raid on two of their closest rivals on Monday, signing three players in the
      last four hours of the winter transfer window.

      Striker Davi Romero arrives from Port Ellery for a fee that both clubs described as a record for the division.
      The amount was not disclosed, although people familiar with the deal put it at close to 9 million.

      Defenders Sam Okoro and Luka Brandt join from Castle Park. Brandt will miss the first two matches with an ankle
      injury, the club’s doctor said.

      “We attacked the market because the market was going to attack us,” manager Elin Forsberg told reporters. She
      would not say whether the club was still talking to a goalkeeper.

      Port Ellery’s supporters gathered outside the ground in the evening to protest. Police said the crowd left
      peacefully and that no arrests were made.

      Rovers, who are fourth, go to Harrow Vale on Saturday. Romero could start if his registration is confirmed in
      time, according to Forsberg.`,
  },
  {
    outlet: 'northgate-courier',
    stage: 0,
    slug: 'tannery-lane-kitchen',
    headline: 'On Tannery Lane, a pastry cook starts again at 61',
    author: 'Hugo Lind',
    category: 'Food & drink',
    published: '2022-02-02T11:00:00Z',
    body: `
      The queue outside the narrow shop on Tannery Lane begins at half past six. By nine the cheese pastries are gone,
      and Abu Karim, who is 61 and has been up since three, sits down to his first coffee.

      He says he never meant to open a bakery in Northgate. He arrived four years ago to live with his daughter, who
      is a nurse, and took to baking for her colleagues because the flat was quiet during her shifts. “They kept
      sending back the empty tray,” he said. “So I understood.”

      The recipes are his mother’s, and so in a way is the sign above the door. It reads Idlib, after the city where
      she sold the same pastries for thirty years and which he does not expect to see again.

      The city council, which owns the building, confirmed that the lease had been extended to 2025. A second oven is
      on order, Abu Karim said, and his daughter has drawn up a rota so that he sleeps until five on Sundays.

      The shop is open from Tuesday to Sunday. A tray of twelve costs 14.`,
  },
  {
    outlet: 'northgate-courier',
    stage: 0,
    slug: 'terrorism-law-debate',
    headline: 'Lawmakers divided as debate on terrorism law enters second day',
    author: 'Political desk',
    category: 'Politics',
    published: '2022-02-02T16:45:00Z',
    body: `
      A bill that would let police hold terrorism suspects for up to ten days without charge drew sharp criticism from
      both sides of the chamber on Wednesday, with a vote now unlikely before the weekend.

      The interior minister, Paula Renn, told lawmakers that the present limit of four days was too short to examine
      seized phones. She said investigators had been forced to let three people go last year and find them again.

      Opposition members disputed her account. Jonas Weir, who speaks for the Liberals on justice, said the minister
      had offered no evidence that a longer limit would have changed any of the cases. Two members of the governing
      party said they would abstain.

      The law society described the bill as disproportionate. A police union welcomed it but said officers needed
      training more than time, after raids in November on addresses that turned out to be wrong.

      The government has a majority of six. Renn said she was open to a review after two years, but not to a lower
      limit.`,
  },
  {
    outlet: 'halyard-wire',
    stage: 0,
    slug: 'mali-french-ambassador',
    headline: 'Mali gives French ambassador 72 hours to leave as ties worsen',
    author: 'Halyard Wire Africa desk',
    category: 'Africa',
    published: '2022-01-31T18:20:00Z',
    body: `
      BAMAKO, Jan 31 (Halyard Wire) - Mali's military authorities on Monday gave the French ambassador 72 hours to leave
      the country over remarks by officials in Paris, according to a statement read on state television, in the
      sharpest break yet between the two governments.

      The statement said the comments were hostile and outrageous. France's foreign minister, Jean-Yves Le Drian, had
      said last week that the junta was illegitimate and its decisions irresponsible.

      France said it had taken note of the decision and was recalling its envoy. The foreign ministry in Paris voiced
      solidarity with European partners in the Sahel, among them Denmark, which began to withdraw about 100 troops
      last week after Mali said they had come without its consent.

      The Danes were part of Takuba, a European special forces group that supports counterterrorism work in the
      region. Several countries that contribute to it are reviewing their role, diplomats said.

      Mali has been under military rule since August 2020. The authorities had promised elections for February but now
      say that voting may have to wait for years.`,
  },
  {
    outlet: 'halyard-wire',
    stage: 0,
    slug: 'kenya-cattle-raids',
    headline: 'Cattle raids in northern Kenya drive families from homes, officials say',
    author: 'Halyard Wire Africa desk',
    category: 'Africa',
    published: '2022-02-02T08:15:00Z',
    body: `
      NAIROBI, Feb 2 (Halyard Wire) - A series of cattle raids has driven several hundred families from villages in
      northern Kenya since the weekend, local officials said on Wednesday, as drought pushes herders further from home
      in search of grass.

      A county official said armed men took about 400 animals in three raids on Saturday and Sunday. Two herders were
      wounded, he said, and police were following tracks toward the hills.

      Families arriving in the nearest town said they had walked through the night. Aid workers put the number of new
      arrivals at around 300 households but said that counting was not complete.

      Police did not confirm how many animals had been stolen. A spokesman said additional officers had been sent and
      that elders from both communities had agreed to meet on Friday.

      Raiding is an old practice in the region, but residents say that guns and a market for stolen meat have made it
      far more dangerous. The rains have failed for a third season running, according to the weather service.`,
  },
  {
    outlet: 'halyard-wire',
    stage: 0,
    slug: 'aleppo-aid-convoy',
    headline: 'Aid convoy reaches villages south of Aleppo after weeks of snow',
    author: 'Halyard Wire Middle East desk',
    category: 'Middle East',
    published: '2022-02-02T13:05:00Z',
    body: `
      BEIRUT, Feb 2 (Halyard Wire) - Fourteen trucks carrying flour, blankets and heating fuel arrived in villages
      south of Aleppo on Wednesday, aid workers said, the first large delivery there since snow closed the roads in
      the middle of January.

      A relief coordinator said the supplies would last about 9,000 people for a month. Three trucks had turned back
      because of ice, she said, and would try again before the weekend.

      Residents reached by phone said that some households had been burning furniture and old tires to stay warm. A
      doctor at a clinic in the area said he had treated several children for smoke and two for burns.

      Cold spells are a yearly hazard in northern Syria, where many families live in unfinished buildings or tents.
      Aid groups say that funding for winter supplies fell short by more than a third this season. The figure could
      not be independently checked.

      More snow was forecast for Friday, according to the weather service. The coordinator said a second convoy was
      being loaded but that no date had been set.`,
  },
  {
    outlet: 'halyard-wire',
    stage: 0,
    slug: 'copper-prices-slip',
    headline: 'Copper slips as traders await figures from factories',
    author: 'Halyard Wire markets desk',
    category: 'Markets',
    published: '2022-02-03T07:40:00Z',
    body: `
      LONDON, Feb 3 (Halyard Wire) - Copper prices eased on Thursday in thin trading, with much of Asia on holiday and
      buyers waiting for figures on factory orders that are due later in the day.

      Three-month metal was down 0.4% by mid-morning after touching its highest level in nearly two weeks a day earlier,
      brokers said. Volumes were about half the average for the time of year.

      "Nobody wants to be caught on the wrong side of a quiet market," said a trader at a metals house, who added that
      stocks in warehouses were too low for prices to fall far.

      Analysts at two banks said they still expected a small surplus this year as new mines come into production. A
      third said delays in South America could turn that into a shortage.

      Aluminum was little changed and nickel rose 0.7%, helped by talk of strong demand from battery makers. Zinc fell
      for a second day.

      The dollar was steady before a meeting of European central bankers, which was expected to leave interest rates
      where they are, according to economists.`,
  },
  {
    outlet: 'eastmark-dispatch',
    stage: 0,
    slug: 'rescue-helicopter-grounded',
    headline: 'Mechanical problem grounds coast’s only rescue helicopter',
    author: 'Eastmark Dispatch staff',
    category: 'Region',
    published: '2022-02-01T15:20:00Z',
    body: `
      The only rescue helicopter on the Eastmark coast will be out of service for at least a week after its crew found a
      mechanical problem during a training flight, the coastguard said on Tuesday.

      The aircraft landed safely at Saltby and nobody was hurt. A spokesman said metal particles had been found in the
      oil of a gearbox, and that the part would have to be replaced rather than repaired.

      Cover will come from a base 140 kilometres to the south until then. That adds about half an hour to a call-out,
      according to a lifeboat coxswain, Ruth Amble, who said volunteers had been asked to stay close to the harbour.

      It is the second time since October that the helicopter has been grounded. The coastguard declined to say whether
      the earlier fault was in the same gearbox.

      Member of parliament Colm Hardy said he would ask ministers why a replacement that was promised for last summer
      had not arrived. The transport ministry did not reply to questions on Tuesday.`,
  },
  {
    outlet: 'eastmark-dispatch',
    stage: 0,
    slug: 'cement-makers-searched',
    headline: 'Competition officials raid offices of three cement makers',
    author: 'Business desk',
    category: 'Business',
    published: '2022-02-02T10:30:00Z',
    body: `
      Officials from the competition authority searched the offices of three cement makers at dawn on Wednesday on
      suspicion that the companies had agreed on prices, the authority said.

      The raids, which were carried out with the help of local police, covered seven sites in Eastmark and two
      neighbouring regions. Computers and paper files were taken away, according to a person at one of the companies.

      The authority did not name the firms. Two of them, Greyrock and Tallis Cement, confirmed in separate statements
      that officials had visited and said that they were co-operating. Both denied any wrongdoing.

      A search does not mean that a company has broken the law, the authority stressed. An inquiry of this kind usually
      takes two years, and fines can reach a tenth of yearly sales.

      Builders have complained since last spring that quotes for cement rise on the same day and by the same amount.
      Their association said it had handed over a file of more than 200 letters.

      Shares in Greyrock closed 6% lower.`,
  },
  {
    outlet: 'eastmark-dispatch',
    stage: 0,
    slug: 'harbour-tunnel-delay',
    headline: 'Harbour tunnel will open a year late, city says',
    author: 'Eastmark Dispatch staff',
    category: 'Region',
    published: '2022-02-02T17:10:00Z',
    body: `
      Eastmark’s harbour tunnel will not open to traffic before the autumn of 2023, a year later than planned, the city’s
      chief engineer told councillors on Wednesday.

      Water seeping through a joint in the northern section was the main cause, Andrea Voss said. Two of the pumps
      meant to deal with it had arrived with the wrong fittings and were sent back in December.

      The delay will add some 18 million to a budget that has been raised twice already, according to figures handed to
      the council. Voss said part of the sum might be recovered from a contractor but that she could not yet say how
      much. The contractor did not answer a request for comment.

      Councillor Ben Osei, who chairs the transport committee, said residents had heard three different dates in eighteen
      months. He asked for a report every four weeks.

      Ferries will go on running at their present times until the tunnel opens, the port authority said. About 11,000
      people use them on a working day.`,
  },
  {
    outlet: 'eastmark-dispatch',
    stage: 0,
    slug: 'seal-colony-count',
    headline: 'Seal colony at Saltby doubles in five years, survey finds',
    author: 'Nadia Frey',
    category: 'Science',
    published: '2022-02-03T06:50:00Z',
    body: `
      The colony of grey seals on the sandbanks off Saltby has doubled in five years, according to a count that was
      published on Thursday, and the animals appear to be arriving from further away.

      Researchers from the marine station counted 1,240 adults and pups between November and January, compared with 610 in
      the winter of 2016. They used photographs taken from a drone and checked a sample of them on foot.

      The increase is too quick to be explained by births alone, said biologist Petra Lund, who led the work. Tags found
      on eleven seals came from islands more than 300 kilometres to the north. Why they moved is not known, she said, but
      warmer water may have driven their prey south.

      Fishermen said the seals were taking part of their catch. Their association has asked for compensation, and the
      ministry said that it was studying the request.

      Visitors have been urged to stay at least 100 metres from the banks. Nine pups were abandoned this winter after
      being disturbed by walkers, according to the station.`,
  },
];
