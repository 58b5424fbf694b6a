waymark.search("x","a3gma2li",6,[
["Fill it in together."]
]);
