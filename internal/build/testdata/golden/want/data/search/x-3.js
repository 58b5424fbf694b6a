waymark.search("x","a3gma2li",3,[
["Up, a section, a term, mail. What is included here. The logo"]
]);
