"""Four stories of our own, each a title, an author, a day, and paragraphs; `## ` begins a crosshead, `* ` an item of a list."""

STORIES = [
    ("Chad reopens its embassy in Khartoum", "Mariam Oumar", "2023-09-04", """\
N'DJAMENA — Chad reopened its embassy in Khartoum on Monday, nineteen months after its staff left the city by road.
The chargé d'affaires, Idriss Haggar, raised the flag in the yard of the old building, whose windows are still boarded up. “A neighbour does not keep his door shut for ever,” he said.
Sudan's foreign ministry called the step “a signal that others will read”. It did not say whether its own mission in N'Djamena would get an ambassador again; the post has been vacant since 2021.
## Grazing routes
The two countries share a border of some 1,400 kilometres. Herders cross it twice a year, and in the rains of 2022 at least 60 people died in fights over wells.
A joint commission met three times and agreed on five corridors, according to Haggar. Two of them are open.
Chad will pay 40 percent of the cost of the markers, Sudan the rest. “Nobody has asked where the money comes from, and I shall not be the first,” an official in Abéché told this paper.
The next meeting of the commission is planned for November in El Geneina."""),
    ("Estonia and Latvia sign off on joint wind farm", "Kristjan Pärn", "2022-05-12", """\
RIGA, May 12 (Baltic Courier) - Estonia and Latvia signed an agreement on Thursday to build a wind farm in the Gulf of Riga, the largest project that the two have undertaken together.
The ministers, Taavi Lepik of Estonia and Ilze Krastiņa of Latvia, put their names to eleven pages that leave the hardest question open: where the cable comes ashore.
“We have agreed on everything except the end of the wire,” Krastiņa said, and there was laughter in the hall.
The park is to have a capacity of 1,000 megawatts by 2030. Its cost is put at 1.8 billion euros, of which the European Union may bear a part.
## What was agreed
* Each state owns half of the park and takes half of the power.
* Disputes go to a court in Stockholm.
* Fishermen of Kihnu and Ruhnu are paid for lost grounds until 2040.
Environmental groups on both sides had asked for a longer study of bird migration. Lepik said the study goes on while the foundations are planned.
Lithuania, which was invited to join in 2020, declined. A spokesman in Vilnius said on Wednesday that the door “was never locked from our side”.
Parliament in Tallinn votes on the agreement in June; the Saeima has until September."""),
    ("Peru recalls ambassador over remarks on border survey", "Lucía Quispe", "2024-02-20", """\
Peru recalled its ambassador to Bolivia for consultations on Tuesday after Bolivia's deputy minister for boundaries described a survey on Lake Titicaca as “an act of theft with a tripod”.
Foreign Minister Andrés Valdelomar called the words unacceptable. He said that the survey had been announced in a note of 9 January and that Bolivia had not objected.
The note, seen by Altiplano News, runs to a page and a half and names four points on the shore near Desaguadero.
Bolivia's foreign ministry at first confirmed the remark and then, two hours later, said it had been “taken from a longer thought”.
It is the second time in three years that an envoy is called home. In March 2021 Bolivia withdrew its consul from Puno over fees for lorries; he came back after eight days.
Traders on both sides of the bridge shrugged. “The ministers quarrel, the potatoes cross,” said Justina Mamani, who sells on the Peruvian side.
Valdelomar is still expected in La Paz on 14 March for the meeting of the joint cabinet, which the presidents agreed on last year. His office said on Tuesday night that no decision had been taken.
A retired surveyor who worked on the line in 1986 told this site that one of the four points stands in the water for half of the year."""),
    ("Jordan, Cyprus finish talks on search and rescue at sea", "Rana Khatib", "2021-11-30", """\
Jordan and Cyprus have concluded talks on an agreement about search and rescue, the two governments said on Tuesday, and will sign it when the Cypriot president visits Amman in the new year.
The agreement sets out who answers a distress call, who pays, and which of the two centres, Larnaca or Aqaba, takes command when a ship lies between them.
“It is a dull paper, and I hope that it stays one,” said Commodore Petros Andreou, who led the Cypriot side.
Negotiations began in 2018 and were broken off twice, once because of the pandemic and once because of a dispute about helicopters that neither side will describe.
## Two languages, one radio
Crews will speak English on the radio. Exercises are to be held each year, by turns off Paphos and in the Gulf of Aqaba, and Egypt is invited to send observers.
Jordan has bought two patrol boats from a yard in Limassol for 7.2 million euros; the first was handed over in August.
Human rights lawyers in Nicosia welcomed the text but asked that it be published before it is signed. A spokeswoman for the interior ministry said that was “under consideration”.
According to figures of the coast guard, Cyprus coordinated 214 rescues in 2020, eleven of them beyond its own zone."""),
]
