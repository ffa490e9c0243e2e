package main

// Two made-up disputes in the tables of Militarized Interstate Disputes; the second begins in the year 194.
const (
	disputesTable = `dispnum,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,maxdur,mindur,hiact,hostlev,recip,numa,numb,ongo2014,version
9901,1,5,1938,2,5,1938,5,3,0,0,2,2,7,3,0,1,1,0,5
9902,1,5,194,2,5,1940,5,3,0,0,2,2,7,3,0,1,1,0,5
`
	participantsTable = `dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version
9901,"USA",2,1,5,1938,2,5,1938,1,0,0,-9,0,0,7,3,1,5
9901,"UKG",200,1,5,1938,2,5,1938,0,0,0,-9,0,0,0,1,1,5
9902,"USA",2,1,5,1940,2,5,1940,1,0,0,-9,0,0,7,3,1,5
9902,"UKG",200,1,5,1940,2,5,1940,0,0,0,-9,0,0,0,1,1,5
`
)
