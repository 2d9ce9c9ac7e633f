/**
 * Towns and estates that callers name when they mean "where I live"; to retrieval each
 * is an area, whichever it is.
 */
export const PLACES: readonly string[] = `
kenya nairobi mombasa kisumu nakuru eldoret thika malindi kitale garissa
kakamega nyeri meru embu kericho naivasha machakos kitui bungoma busia migori kisii homabay siaya
narok nanyuki kajiado voi lamu kilifi diani ukunda nyali bamburi mtwapa likoni changamwe kilimani
westlands karen langata lavington kileleshwa parklands eastleigh pangani ngara kasarani roysambu
zimmerman githurai kahawa ruiru juja kiambu limuru kikuyu ruaka rongai ngong kitengela syokimau
mlolongo athi embakasi donholm buruburu umoja kayole komarock utawala ruai imara pipeline kibera
kawangware dagoretti kangemi uthiru mathare huruma dandora muthaiga runda gigiri kinoo kitisuru
`.trim().split(/\s+/);
